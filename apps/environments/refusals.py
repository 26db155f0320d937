"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class SlugTaken(Refusal):
    code = "slug_taken"
    sentence = _("This address is already used by another environment. Please choose another one.")


class LoginIdTaken(Refusal):
    code = "login_id_taken"
    sentence = _("The login ID %(login_id)s is already taken. Please choose another one.")


class AlreadyMember(Refusal):
    code = "already_member"
    sentence = _("This person already has a place in this environment.")


class NameTaken(Refusal):
    code = "name_taken"
    sentence = _("An organization with this name already takes part. Please choose it from the list instead.")


class LastAdmin(Refusal):
    code = "last_admin"
    sentence = _("This is the only admin of the environment. Make somebody else admin first.")


class PlaceEnded(Refusal):
    code = "place_ended"
    sentence = _("This person's place has ended already. If they come back, give them a new place.")


class SamePlace(Refusal):
    code = "same_place"
    sentence = _("This person acts for this organization already. Please choose another one.")


class NotSuspended(Refusal):
    code = "not_suspended"
    sentence = _("This place is not suspended any more. Please look at the person's page again.")


class NotGivenBack(Refusal):
    code = "not_given_back"
    sentence = _("A place can be given back only on the day on which it ended. Please give the person a new place.")


class BelongsElsewhere(Refusal):
    code = "belongs_elsewhere"
    sentence = _("This person belongs to another environment too. Please ask the operator of the service.")


class SealBroken(Refusal):
    code = "seal_broken"
    sentence = _("This page has been open for too long. Nothing was done. Please go back and begin again.")


class SheetRefused(Refusal):
    """The common ground of everything that keeps a file from being read as a list."""

    code = "sheet_refused"
    sentence = _("This file could not be read as a list. Please save it as Excel (.xlsx) or CSV and upload it again.")


class SheetUnreadable(SheetRefused):
    code = "sheet_unreadable"


class SheetLocked(SheetRefused):
    code = "sheet_locked"
    sentence = _("This file has a password or is an old Excel file (.xls). Please save it as .xlsx without a password.")


class SheetEncodingUnknown(SheetRefused):
    code = "sheet_encoding_unknown"
    sentence = _("Line %(line)s is written neither in UTF-8 nor in Shift_JIS. Please save the file as CSV UTF-8.")


class SheetTooHeavy(SheetRefused):
    code = "sheet_too_heavy"
    status = 413
    sentence = _("The file is larger than %(limit)s MB. Please keep only the list in it, and upload it again.")


class SheetTooLong(SheetRefused):
    code = "sheet_too_long"
    sentence = _("The list has more than %(limit)s rows. Please split it into several files.")


class SheetEmpty(SheetRefused):
    code = "sheet_empty"
    sentence = _("The file holds a header but no rows. Please fill in one row for each person.")


class SheetColumnsMissing(SheetRefused):
    code = "sheet_columns_missing"
    sentence = _("The first row must name the columns. Missing: %(columns)s. Please use the template.")


class SheetHoldsIndividualNumbers(SheetRefused):
    code = "sheet_holds_individual_numbers"
    sentence = _(
        "The file holds what looks like an individual number (My Number), in row %(rows)s. It must not be kept here, so the "
        "whole file was refused. Please remove these numbers and upload it again."
    )
