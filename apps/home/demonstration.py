"""Who can be tried in the demonstration, with what they need to sign in. Used only where settings.DEMO is on."""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from apps.accounts.models import User
from apps.environments.access import environment_for
from apps.environments.models import Member
from apps.environments.queries import environments_of

# Public, like everything of the demonstration: its people are invented.
PASSPHRASE = "sakuragawa no hotori"


@dataclass(frozen=True)
class Stand:
    """One invented person: how they sign in and where they have a place."""

    login_id: str
    code: str
    members: list[Member]
    is_operator: bool


def cast_of_demonstration() -> list[Stand]:
    """Everybody with an authenticator app, with the code it would show at this moment."""
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_active=True).select_related("user")
    return [stand_of(app.user, app) for app in apps.order_by("user__joined_at", "user__login_id")]


def stand_of(user: User, app: Authenticator) -> Stand:
    members = [environment_for(user, place.slug)[1] for place in environments_of(user)]
    return Stand(login_id=user.login_id, code=code_of(app), members=members, is_operator=user.is_operator)


def code_of(app: Authenticator) -> str:
    secret = decrypt(app.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def seconds_left() -> int:
    """How long the shown codes stand."""
    return app_settings.TOTP_PERIOD - int(time.time()) % app_settings.TOTP_PERIOD
