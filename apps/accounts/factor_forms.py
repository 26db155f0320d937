"""The passkey forms: what a browser's credential may look like, and a ledger entry when it is refused."""

from typing import Any

from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.refusals import WrongPasskey
from apps.audit import actions as audit


class Sound:
    """A credential that is not one is refused with a sentence; a library's complaint never becomes a crash."""

    user: Any

    def checked(self, check: Any) -> Any:
        if not isinstance(self.cleaned_data.get("credential"), dict):  # type: ignore[attr-defined]
            raise self.refused()
        try:
            return check()
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                raise
            raise self.refused() from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self.refused() from error

    def refused(self) -> ValidationError:
        refusal = WrongPasskey(subject=self.user)
        audit.refused(verb="accounts.second_factor", refusal=refusal, by=self.user)
        return ValidationError(refusal.said, code=refusal.code)


class LoginPasskeyForm(Sound, webauthn_forms.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        return self.checked(super().clean_credential)


class AuthenticatePasskeyForm(Sound, webauthn_forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return self.checked(super().clean_credential)


class ReauthenticatePasskeyForm(Sound, webauthn_forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return self.checked(super().clean_credential)


class AddPasskeyForm(Sound, webauthn_forms.AddWebAuthnForm):
    """Always a passkey that signs in by itself: the person is verified and the key stays on the device."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True

    def clean(self) -> Any:
        if "credential" in self.errors:
            return self.cleaned_data
        self.cleaned_data["passwordless"] = True
        return self.checked(super().clean)


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=64)
