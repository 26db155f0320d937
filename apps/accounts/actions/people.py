"""Make a person who signs in, give them a passphrase, end their access."""

from django.contrib.auth import get_user_model
from django.db import models, transaction

from apps.accounts.actions.devices import revoke_devices
from apps.accounts.actions.sessions import end_sessions
from apps.accounts.happenings import user_deactivated
from apps.accounts.models import Slip, User
from apps.audit import actions as audit


@transaction.atomic
def make_user(*, login_id: str, by: models.Model | None, is_operator: bool = False) -> User:
    """Make somebody who signs in with `login_id`. They cannot before they use a slip: there is no passphrase yet."""
    user = get_user_model().objects.create_user(login_id, is_operator=is_operator)
    audit.record(verb="accounts.user_made", subject=user, by=by)
    return user


@transaction.atomic
def set_passphrase(*, user: User, passphrase: str, by: models.Model | None) -> User:
    """Replace the passphrase. Every session and every device of the person ends: they sign in anew.

    The caller has checked the passphrase against the rules (`AccountAdapter.clean_password`).
    """
    user.set_password(passphrase)
    user.save(update_fields=["password"])
    audit.record(verb="accounts.passphrase_changed", subject=user, by=by)
    end_sessions(user=user, by=by)
    revoke_devices(user=user, by=by)
    return user


@transaction.atomic
def deactivate(*, user: User, by: models.Model | None) -> User:
    """End a person's access at once: no sign-in, no session, no device, no unused slip is left (M8)."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)

    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(verb="accounts.deactivated", subject=user, by=by)
    end_sessions(user=user, by=by)
    revoke_devices(user=user, by=by)
    Slip.objects.filter(user=user).unused().update(revoked_at=models.functions.Now())

    user_deactivated.announce(user_id=user.pk)
    return user
