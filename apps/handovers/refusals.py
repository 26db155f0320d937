"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NoColleague(Refusal):
    code = "no_colleague"
    sentence = _("This person cannot take over: only somebody of the same organization can. Please choose again.")


class ReviewOpen(Refusal):
    code = "review_open"
    sentence = _("A review is open already. Please finish it first, or wait until it is due.")


class ReviewClosed(Refusal):
    code = "review_closed"
    sentence = _("This review is closed. A suspended place can be opened again on the person's page.")


class NobodyToReview(Refusal):
    code = "nobody_to_review"
    sentence = _("There is nobody to ask about yet. Please issue accounts first.")


class OwnPlace(Refusal):
    code = "own_place"
    sentence = _("Nobody answers for themselves. Please ask another admin or the reviewer of your organization.")


class NoReviewer(Refusal):
    code = "no_reviewer"
    sentence = _("Only somebody who acts for this organization now can answer for it. Please choose again.")


class NotAllAnswered(Refusal):
    code = "not_all_answered"
    sentence = _("Some people have no answer yet. Please answer for them, or wait until the review is due.")
