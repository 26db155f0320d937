"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NameTaken(Refusal):
    code = "question_name_taken"
    sentence = _("You have already saved a question under this name. Please choose another name.")


class TooManyQuestions(Refusal):
    code = "too_many_questions"
    sentence = _("You can keep %(limit)s questions. Please remove one that you do not need any more.")


class OwnDeeds(Refusal):
    code = "own_deeds"
    sentence = _("These are your own looks. Please ask another auditor to review them.")


class ReviewedAlready(Refusal):
    code = "reviewed_already"
    sentence = _("Somebody has just reviewed this. Please look at what was found.")
