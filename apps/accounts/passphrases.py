"""What makes a passphrase good enough: Django's four rules, each with a sentence that speaks of passphrases."""

from typing import Any

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        words = {"least": self.min_length}
        return _("This passphrase is too short: it needs at least %(least)s characters. Please make it longer.") % words


class UnlikeTheLoginId(password_validation.UserAttributeSimilarityValidator):
    def __init__(self, **options: Any) -> None:
        super().__init__(user_attributes=["login_id"], **options)

    def get_error_message(self) -> str:
        return _("This passphrase is too much like the login ID. Please choose another one.")


class Uncommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this passphrase, so it is easily guessed. Please choose another one.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("This passphrase is made of digits only. Please put words into it too.")
