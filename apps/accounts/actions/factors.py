"""Second factors that are given or taken away for somebody, rather than by their own hand on a page."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import models, transaction

from apps.accounts.actions.devices import revoke_devices
from apps.accounts.actions.sessions import end_sessions
from apps.accounts.models import User
from apps.audit import actions as audit


@transaction.atomic
def enrol_authenticator_app(*, user: User, secret: str, by: models.Model | None) -> Authenticator:
    """Give a person an authenticator app with a known base-32 secret: for invented people and tests."""
    authenticator = TOTP.activate(user, secret).instance
    audit.record(verb="accounts.factor_added", subject=user, by=by, detail={"type": authenticator.type})
    return authenticator


@transaction.atomic
def remove_second_factors(*, user: User, by: models.Model | None) -> None:
    """Take away every second factor of a person who has lost them, and end their sessions and devices.

    They join again by a slip. An administrator does this after having seen who is asking.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    audit.record(verb="accounts.factors_removed", subject=user, by=by, detail={"count": removed})
    end_sessions(user=user, by=by)
    revoke_devices(user=user, by=by)
