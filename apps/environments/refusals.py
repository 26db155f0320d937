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


class SheetUnreadable(Refusal):
    code = "sheet_unreadable"
    sentence = _("This file could not be read as a list. Please save it as Excel (.xlsx) or CSV and upload it again.")


class SheetHasBadRows(Refusal):
    code = "sheet_has_bad_rows"
    sentence = _("Some rows need correction. Nothing was issued. Please correct the rows named below and try again.")


class SheetTooLarge(Refusal):
    code = "sheet_too_large"
    sentence = _("The list has more than %(limit)s rows. Please split it into several files.")
