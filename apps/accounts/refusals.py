"""The ways accounts says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import NotAllowed, Refusal, TooOften


class SignInRefused(Refusal):
    code = "wrong_credentials"
    status = 401
    sentence = _("The login ID, the passphrase or the code is not right. Please check them and try again.")


class UnknownLogin(SignInRefused):
    """The same sentence as a wrong passphrase; only the ledger tells them apart."""

    code = "unknown_login"


class WrongCode(Refusal):
    code = "wrong_code"
    sentence = _("This code is not right. Please wait for the next one and type it again.")


class WrongPasskey(Refusal):
    code = "wrong_passkey"
    sentence = _("This passkey could not be confirmed. Please try again, or use your passphrase.")


class LockedOut(TooOften):
    code = "locked_out"
    sentence = _("There were too many failed tries. To protect the account, please try again after %(time)s.")


class NoSecondFactor(NotAllowed):
    code = "no_second_factor"
    sentence = _(
        "A device can be registered after you have set up a second factor. "
        "Please sign in with your browser and set up a passkey or an authenticator app first."
    )


class SecondFactorMissing(NotAllowed):
    code = "second_factor_missing"
    sentence = _("To protect people's information, please confirm who you are with a second factor first.")


class SessionLocked(Refusal):
    code = "session_locked"
    status = 401
    sentence = _("The screen was locked because it was not used for a while. Please unlock it to go on.")


class SignInNeeded(Refusal):
    code = "sign_in_needed"
    status = 401
    sentence = _("Please sign in first.")


class ProofNeeded(Refusal):
    code = "proof_needed"
    status = 401
    sentence = _("Before something changes about how you sign in, please confirm once more that it is you.")


class FreshProofNeeded(Refusal):
    code = "fresh_proof_needed"
    status = 401
    sentence = _("Before this leaves the house, please confirm once more that it is you.")


class DeviceTokenRefused(Refusal):
    code = "device_token_refused"
    status = 401
    sentence = _("This device's access has ended. Please register the device again.")


class LastFactor(Refusal):
    code = "last_factor"
    sentence = _("This is your only second factor. Please add another one first; then you can remove this one.")


class SlipRefused(Refusal):
    code = "slip_refused"


class SlipUnknown(SlipRefused):
    code = "slip_unknown"
    sentence = _(
        "There is no slip with this code. Please check the twelve characters on your slip and type them again."
    )


class SlipExpired(SlipRefused):
    code = "slip_expired"
    sentence = _("This slip has expired: a slip works for 72 hours. Please ask your administrator for a new slip.")


class SlipUsed(SlipRefused):
    code = "slip_used"
    sentence = _(
        "This slip has already been used. If it was you, sign in with the passphrase you chose; "
        "if it was not you, tell your administrator at once."
    )


class SlipRevoked(SlipRefused):
    code = "slip_revoked"
    sentence = _("A newer slip has been printed for you. Please use the newest one, or ask your administrator.")
