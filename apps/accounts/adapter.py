"""What this house does differently from django-allauth: no e-mail, closed doors, kind sentences, entries in the ledger."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts import access, actions, limits
from apps.accounts.models import User
from apps.accounts.refusals import LastFactor, SignInRefused, UnknownLogin
from apps.audit import actions as audit


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by login id and passphrase; registration and reset by e-mail do not exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account has been closed. Please ask your administrator."),
        "enter_current_password": _("The present passphrase is not right. Please type it again."),
        "incorrect_code": _("This code is not right. Please wait for the next one and type it again."),
        "incorrect_password": _("The passphrase is not right. Please type it again."),
        "too_many_login_attempts": _("There were too many failed tries. Please wait 15 minutes and try again."),
        "username_password_mismatch": _(
            "The login ID or the passphrase is not right. Please check them and try again."
        ),
        "rate_limited": _("There were too many tries in a short time. Please wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers themselves: an account comes from an administrator, with a slip."""
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        password = super().clean_password(password, user)
        if user is not None and user.has_usable_password() and user.check_password(password):
            raise ValidationError(_("This is the passphrase you have now. Please choose another one."), code="reused")
        return password

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """The page to change one's passphrase goes through the same verb as everything else that does."""
        actions.set_passphrase(user=user, passphrase=password, by=user)  # type: ignore[arg-type]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Factors and sessions are changed only by somebody who has just proved who they are."""
        return not access.is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your passphrase"),
            "mfa_reauthenticate": _("Use a code from your authenticator app"),
            "mfa_reauthenticate:webauthn": _("Use your passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    # -- the lock-out after repeated failures

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per login id and network address: nobody can lock another person out from elsewhere."""
        return limits.sign_in_key(request, credentials.get("username", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            refusal = limits.locked_out(
                request, key=self._get_login_attempts_cache_key(request, **credentials), subject=user_of(credentials)
            )
            audit.refused(verb="accounts.sign_in", refusal=refusal, by=None)
            raise ValidationError(refusal.said, code=refusal.code) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = user_of(credentials)
        refusal = SignInRefused(subject=user) if user is not None else UnknownLogin()
        audit.refused(verb="accounts.sign_in", refusal=refusal, by=None)


def user_of(credentials: dict[str, Any]) -> User | None:
    """The person a login id belongs to; what was typed instead of one is never written down: it may be a passphrase."""
    return User.objects.filter(login_id=str(credentials.get("username", "")).lower()[:64]).first()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest, QR codes come from segno, and the last factor cannot be removed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": LastFactor.sentence,
        "cannot_generate_recovery_codes": _("Recovery codes come after a passkey or an authenticator app."),
        "incorrect_code": _("This code is not right. Please wait for the next one and type it again."),
    }

    def build_totp_svg(self, url: str) -> str:
        # With its namespace: the page shows it as a picture of its own, not as a part of the document.
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", xmldecl=False, scale=4, border=4, dark="#000", light="#fff")
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return access.factors_of(authenticator.user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """A passkey is named for the device in the person's hand; they can rename it."""
        from apps.accounts.agents import device_name

        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        name = device_name(self.request.headers.get("User-Agent", ""))
        return name if number == 1 else gettext("%(device)s (%(number)s)") % {"device": name, "number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "carenet"}


def keys() -> MultiFernet:
    """Today's key first, then those it replaced: CARENET_OLD_SECRET_KEYS keeps old secrets readable."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + s.encode()).digest())) for s in secrets]
    )
