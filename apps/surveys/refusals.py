"""The ways this app says no."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NoQuestion(Refusal):
    code = "survey_without_question"
    sentence = _("This survey asks nothing yet. Please add at least one question.")


class NoTarget(Refusal):
    code = "survey_without_target"
    sentence = _("Nobody is asked yet. Please choose at least one office.")


class PastDueDate(Refusal):
    code = "survey_past_due_date"
    sentence = _("The last moment for answers has to be in the future. Please choose another day.")


class RemindedAtNight(Refusal):
    code = "survey_reminded_at_night"
    sentence = _("Offices are reminded between 8:30 and 17:00. Please choose a time in between.")


class SurveyOpened(Refusal):
    code = "survey_opened"
    sentence = _("This survey has been sent, so what it asks stays as it is. Duplicate it to ask something else.")


class SurveyClosed(Refusal):
    code = "survey_closed"
    sentence = _("This survey is closed, so nothing was saved. Please contact the office that asked.")


class SurveyNotOpen(Refusal):
    code = "survey_not_open"
    sentence = _("This survey is not open. Please look at its page again.")


class DraftChanged(Refusal):
    code = "survey_changed_meanwhile"
    status = 409
    sentence = _("Somebody has changed this survey meanwhile, so nothing was saved. Please look at it again.")


class AnsweredMeanwhile(Refusal):
    """Told to the second of two who answer at once; carries the reply that the first has saved."""

    code = "answered_meanwhile"
    status = 409
    sentence = _(
        "Somebody of your office has saved answers while you were writing. What you typed is still here:"
        " please compare, and save again if yours are right."
    )

    def __init__(self, reply: Any, **about: Any) -> None:
        super().__init__(**about)
        self.reply = reply


class AlreadySent(Refusal):
    code = "reply_already_sent"
    sentence = _("This reply has been sent. Change it and send it again; it cannot become a draft any more.")


class WrongAnswers(Refusal):
    """Carries, by number of question, what is wrong with its answer."""

    code = "wrong_answers"
    sentence = _("Some answers need another look, so nothing was sent. Each of them says why.")

    def __init__(self, wrong: dict[int, str], **about: Any) -> None:
        super().__init__(**about)
        self.wrong = wrong


class WrongContent(Refusal):
    """Says in its own sentence what is wrong, and where."""

    code = "wrong_survey"
    sentence: str | Promise = _("This is no survey that can be kept here. Please check what was sent.")

    def __init__(self, sentence: str | Promise | None = None, **words: Any) -> None:
        super().__init__(**words)
        self.sentence = sentence or type(self).sentence


class TargetNotHere(Refusal):
    code = "target_not_here"
    sentence = _("One of these offices does not take part here. Please choose again.")


class ListNameTaken(Refusal):
    code = "target_list_name_taken"
    sentence = _("Your organization has a list of this name. Please choose another name.")


class ListWithoutName(Refusal):
    code = "target_list_without_name"
    sentence = _("Please give the list a name of up to %(most)s characters.")


class NothingBefore(Refusal):
    code = "nothing_answered_before"
    sentence = _("There is no earlier answer of your office to send again. Please answer the questions once.")


class NobodyToRemind(Refusal):
    code = "nobody_to_remind"
    sentence = _("Everybody has answered, or was reminded today already. Please wait until tomorrow, or call them.")


class NobodyWithoutAccount(Refusal):
    code = "nobody_without_account"
    sentence = _(
        "Everybody who has not answered has an account, so nothing was printed. Choose everybody to print for them."
    )


class NoDate(Refusal):
    code = "no_date_to_settle"
    sentence = _("This is none of the dates that were asked about. Please look at the dates again.")


class NotCrossed(Refusal):
    code = "survey_not_crossed"
    sentence = _("Please choose two or three different questions of this survey.")
