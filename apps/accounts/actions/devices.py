"""Trust a device with a token of its own; end that trust."""

import secrets
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from apps.accounts.access import TOKEN_PREFIX, has_second_factor, token_hash
from apps.accounts.happenings import device_revoked
from apps.accounts.models import Device, User
from apps.accounts.refusals import NoSecondFactor
from apps.audit import actions as audit


@dataclass(frozen=True)
class RegisteredDevice:
    """A device together with its token, which is told once and kept only as a hash."""

    device: Device
    token: str


@transaction.atomic
def register_device(*, user: User, name: str, by: User) -> RegisteredDevice:
    """Give a device a token. The caller has just seen the person prove two factors."""
    if not has_second_factor(user):
        raise NoSecondFactor(subject=user)

    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    device = Device.objects.create(user=user, name=name, token_hash=token_hash(token))
    audit.record(verb="accounts.device_registered", subject=device, by=by)
    return RegisteredDevice(device=device, token=token)


@transaction.atomic
def revoke_device(*, device: Device, by: models.Model | None) -> None:
    """End a device's access: its next request is refused and its sockets close."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(verb="accounts.device_revoked", subject=device, by=by)
        device_revoked.announce(user_id=device.user_id, device_id=device.pk)


@transaction.atomic
def revoke_devices(*, user: User, by: models.Model | None) -> None:
    """End the access of every device of the person."""
    for device in Device.objects.filter(user=user, revoked_at=None):
        revoke_device(device=device, by=by)


def note_device_use(*, device: Device) -> None:
    """Remember, to the hour, that the device was used: thirty days without use end its access."""
    now = timezone.now()
    if device.last_used_at < now - Device.COARSE:
        Device.objects.filter(pk=device.pk).update(last_used_at=now)
