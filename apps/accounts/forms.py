"""What a browser may send: allauth's forms in this house's words, and the forms of joining and unlocking."""

import unicodedata
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts import limits
from apps.accounts.models import User
from apps.accounts.refusals import WrongCode
from apps.audit import actions as audit
from apps.kernel.refusals import Refusal

PASSPHRASE_HELP = _(
    "At least 13 characters. A few words with spaces between them are easy to remember and hard to guess."
)


def passphrase_field(label: Any, *, new: bool = False, help_text: Any = "") -> forms.CharField:
    """A passphrase as typed: spaces count, nothing is stripped, and a password manager knows what it is."""
    autocomplete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "minlength": 13} if new else {"autocomplete": autocomplete}
    )
    return forms.CharField(label=label, strip=False, max_length=4096, widget=widget, help_text=help_text)


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    # Text, not number: a recovery code may be typed here too, and pasting must work everywhere.
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=64, widget=forms.TextInput(attrs=attrs), help_text=help_text)


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(label=_("Login ID"), max_length=64, widget=forms.TextInput(attrs=attrs))
        self.fields["password"] = passphrase_field(_("Passphrase"))
        self.fields["remember"].label = _("Stay signed in (not on a computer that others use too)")


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = passphrase_field(_("Passphrase"))


class ChangePassphraseForm(account_forms.ChangePasswordForm):
    """One new passphrase, typed once: it can be shown, so typing it blindly twice helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["oldpassword"] = passphrase_field(_("Present passphrase"))
        self.fields["password1"] = passphrase_field(_("New passphrase"), new=True, help_text=PASSPHRASE_HELP)

    def clean_oldpassword(self) -> str:
        # Through the same door as sign-in: its failures are counted and written down.
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]

    def clean_password1(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)


class CodeOnce:
    """A typed code: full-width digits are read as digits, a code is taken once, and a lock-out names its end."""

    user: User

    def clean_code(self) -> str:
        self.cleaned_data["code"] = unicodedata.normalize("NFKC", self.cleaned_data["code"])  # type: ignore[attr-defined]
        try:
            code = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code in {"too_many_login_attempts", "rate_limited"}:
                raise self.locked_out() from error
            raise
        self.take_once(code)
        return code

    def take_once(self, code: str) -> None:
        """Refuse a second use for as long as the clock tolerance would accept the code again."""
        authenticator = getattr(self, "authenticator", None)
        is_totp = authenticator is not None and authenticator.type == Authenticator.Type.TOTP
        spans = 1 + 2 * settings.MFA_TOTP_TOLERANCE
        if is_totp and not cache.add(f"accounts.totp.{self.user.pk}.{code}", True, timeout=30 * spans):
            raise ValidationError(WrongCode.sentence, code=WrongCode.code)

    def locked_out(self) -> ValidationError:
        from allauth.core import context

        refusal = limits.locked_out(context.request, key=f"mfa-auth-user-{self.user.pk}", subject=self.user)
        audit.refused(verb="accounts.second_factor", refusal=refusal, by=self.user)
        return ValidationError(refusal.said, code=refusal.code)


class AuthenticateForm(CodeOnce, mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Code"), _("Six digits from your authenticator app, or a recovery code."))


class ReauthenticateCodeForm(CodeOnce, mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Code"), _("Six digits from your authenticator app, or a recovery code."))


class ActivateAppForm(CodeOnce, totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("The six digits that the app shows now"))


class JoinForm(forms.Form):
    """The code on a slip, typed or scanned."""

    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=64,
        help_text=_("Twelve letters and digits. Capital or small letters and hyphens make no difference."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-slip-code": ""}
        ),
    )

    refusal: Refusal | None = None

    def refuse(self, refusal: Refusal) -> None:
        """Say at the code why its slip does not hold."""
        self.refusal = refusal
        self.errors["code"] = self.error_class([refusal.said])

    @property
    def status(self) -> int:
        """How a page with this form answers."""
        if self.refusal is not None:
            return self.refusal.status
        return 422 if self.is_bound else 200


class ChoosePassphraseForm(forms.Form):
    """The passphrase somebody chooses who came with a slip."""

    # Not shown, but there: a password manager stores the passphrase under the right login id.
    login_id = forms.CharField(
        required=False,
        max_length=64,
        label=_("Login ID"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "readonly": True}),
    )
    passphrase = passphrase_field(_("New passphrase"), new=True, help_text=PASSPHRASE_HELP)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["login_id"].initial = user.login_id

    def clean_passphrase(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["passphrase"], user=self.user)


class UnlockForm(forms.Form):
    """One field for either: no passphrase is all digits, so six or eight digits are a code."""

    proof = forms.CharField(
        label=_("Passphrase or six-digit code"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
