"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.files.refusals import FileRefused
from apps.kernel.refusals import Refusal, TooOften


class CodeMistyped(Refusal):
    code = "code_mistyped"
    sentence = _(
        "This is not a code of a sheet: nine letters and digits stand at its foot. Please compare them one by one."
    )


class CodeUnknown(Refusal):
    code = "code_unknown"
    sentence = _("There is no sheet of yours with this code. Please compare it with the foot of the sheet.")


class SheetUsed(Refusal):
    code = "sheet_used"
    sentence = _("This sheet was answered already. What has come since then is kept in the quarantine.")


class SheetVoid(Refusal):
    code = "sheet_void"
    sentence = _("This sheet does not count any more. Please print a new one, or fill the answer in by hand.")


class SheetReplaced(Refusal):
    """Told to whoever holds a sheet after which another one was printed."""

    code = "sheet_replaced"
    status = 410
    sentence = _(
        "A newer sheet was sent to your office after this one. Please answer by the code of the newer sheet,"
        " or call the office that sent it."
    )


class FaxMistyped(Refusal):
    code = "fax_mistyped"
    sentence = _("This is no FAX number of Japan. Please type the area code too, such as 03-1234-5678.")


class NothingToPrint(Refusal):
    code = "nothing_to_print"
    sentence = _("There is no sheet to print. Please choose somebody to send it to first.")


class ScanUnknown(FileRefused):
    code = "scan_unknown"
    sentence = _("A scan is a PDF, JPEG, PNG or TIFF. Please scan the sheet again in one of these formats.")


class ScanTooHeavy(FileRefused):
    code = "scan_too_heavy"
    sentence = _("A file of scans may have %(limit)s MB. Please scan in black and white at 200 dpi, or in parts.")


class ScanTooLong(FileRefused):
    code = "scan_too_long"
    sentence = _("A file of scans may have %(limit)s pages, so nothing of it was kept. Please scan them in parts.")


class TooManyScans(Refusal):
    code = "too_many_scans"
    sentence = _("At once %(limit)s files can be sent here. Nothing was saved. Please send them in turns.")


class ScanLost(Refusal):
    code = "scan_lost"
    sentence = _("The picture of this scan cannot be read. Please tell whoever runs the installation.")


class ScanSettled(Refusal):
    code = "scan_settled"
    sentence = _("Somebody has dealt with this scan already. Please look at the list again.")


class ScanNotRead(Refusal):
    code = "scan_not_read"
    sentence = _("This scan is still being read. Please wait a moment and open it again.")


class PageTwice(Refusal):
    code = "page_twice"
    sentence = _("This page of the sheet has come back already. Please compare the two, and put one of them aside.")


class CodesGuessed(TooOften):
    """Told to whoever tries codes that lead nowhere."""

    code = "codes_guessed"
    sentence = _(
        "Too many codes in a row were wrong. Please try again after %(time)s, or call the office that sent the sheet."
    )


class PageMissing(Refusal):
    code = "page_missing"
    sentence = _(
        "Of this sheet page %(pages)s has not come back. Wait for it, or say that the answer is saved without it."
    )


class PagesArrived(Refusal):
    code = "pages_arrived"
    status = 409
    sentence = _(
        "Meanwhile the pages of this sheet that have come back are others, so nothing was saved. Please compare again."
    )


class SheetUnknown(Refusal):
    """Told to whoever holds a sheet: a void one is answered like one that never was."""

    code = "sheet_unknown"
    status = 404
    sentence = _(
        "Nothing can be answered with this code. Please compare it with your sheet, or call the office that sent it."
    )


class AnsweredAlready(Refusal):
    code = "answered_already"
    status = 410
    sentence = _(
        "This sheet has been answered, and a sheet is answered once. To change something, please call the office that sent it."
    )


class AnsweredTooLate(Refusal):
    code = "answered_too_late"
    status = 410
    sentence = _(
        "The time for answers is over, so nothing can be sent any more. Please call the office that sent the sheet."
    )


class SheetNotYours(Refusal):
    code = "scan_of_another_sheet"
    sentence = _("This scan is not of the sheet of this office. Please open it from the list again.")
