"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NameTaken(Refusal):
    code = "question_name_taken"
    sentence = _("You have already saved a question under this name. Please choose another name.")


class TooManyQuestions(Refusal):
    code = "too_many_kept_questions"
    sentence = _("You can keep %(limit)s questions. Please remove one that you do not need any more.")


class OwnDeeds(Refusal):
    code = "own_looks"
    sentence = _("These are your own looks. Please ask another auditor to review them.")


class ReviewedAlready(Refusal):
    code = "unusual_reviewed_already"
    sentence = _("Somebody has just reviewed this. Please look at what was found.")


class CodeUnknown(Refusal):
    code = "family_code_unknown"
    status = 404
    sentence = _("This code opens nothing, or its time is over. Please ask the desk that gave you the paper.")


class CodesGuessed(Refusal):
    code = "family_codes_guessed"
    status = 429
    sentence = _("Too many wrong codes came from here. Please try again at %(time)s, or ask the desk.")


class NotOfThisClient(Refusal):
    code = "not_of_this_client"
    sentence = _("This line is not there any more. Please open the page again.")


class NotForProtected(Refusal):
    code = "no_code_for_protected"
    sentence = _("No code is handed out for a client whose places are protected. Please ask the head of your division.")


class AnsweredAlready(Refusal):
    code = "family_answered_already"
    sentence = _("Somebody has just answered this question.")


class ExportBeingMade(Refusal):
    code = "ledger_export_being_made"
    status = 409
    sentence = _("A file that you asked for is just being made. Please wait until it is there.")


class TooManyForPaper(Refusal):
    code = "too_many_entries_for_a_report"
    status = 409
    sentence = _(
        "The question finds %(found)s entries, and a report holds %(limit)s. Nothing is left out in silence: please ask for "
        "fewer days, or choose a table."
    )


class TooLongForPaper(Refusal):
    code = "too_many_rows_for_a_sheet"
    status = 409
    sentence = _("There are %(found)s rows, and a print holds %(limit)s. Please take the table instead.")


class ExportNotThere(Refusal):
    code = "ledger_export_not_there"
    status = 409
    sentence = _("This file is not there yet, or not any more. Please ask for it again.")
