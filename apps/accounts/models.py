"""The person who signs in, the slip they joined with and the devices they trust.

Names live on members, inside the wall of an environment; here is only a login id.
"""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, login_id: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with `login_id`; without a password they can only join by a slip."""
        user = self.model(login_id=login_id, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, login_id: str, password: str | None = None, **fields: Any) -> "User":
        """Make somebody who may run the installation. This opens no environment, no client and no room."""
        return self.create_user(login_id, password, is_superuser=True, is_operator=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, everywhere the same, known by a login id and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_id = models.CharField(
        _("Login ID"),
        max_length=64,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]{2,63}$",
                _("A login ID has 3 to 64 characters: small letters, digits, dot, hyphen and underscore."),
            )
        ],
    )
    is_active = models.BooleanField(default=True)
    # May build new environments. It opens nothing inside them.
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login_id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(name="login_ids_are_written_small", condition=Q(login_id=Lower(F("login_id")))),
        ]

    def __str__(self) -> str:
        return self.login_id

    @property
    def is_staff(self) -> bool:
        return self.is_superuser


class SlipQuerySet(models.QuerySet["Slip"]):
    def open(self) -> Self:
        """Slips that still let somebody in."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def unused(self) -> Self:
        return self.filter(used_at=None, revoked_at=None)


class Slip(models.Model):
    """A printed code that lets one person choose a passphrase, once, within 72 hours.

    Only a keyed hash of the code is kept: the code itself stands on paper and nowhere else.
    """

    LASTS: ClassVar[timedelta] = timedelta(hours=72)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # A plain id: whoever issued it may have left, and the ledger knows them.
    issued_by = models.UUIDField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_unused_slip_per_person", fields=["user"], condition=Q(used_at=None, revoked_at=None)
            ),
            models.CheckConstraint(
                name="a_slip_is_used_or_revoked_but_not_both", condition=Q(used_at=None) | Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="a_slip_is_used_before_it_expires", condition=Q(used_at=None) | Q(used_at__lte=F("expires_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DeviceQuerySet(models.QuerySet["Device"]):
    def live(self) -> Self:
        """Devices whose token opens the API: not revoked, used within thirty days, of somebody who may sign in."""
        return self.filter(
            revoked_at=None, last_used_at__gt=timezone.now() - Device.UNUSED_FOR, user__is_active=True
        ).select_related("user")


class Device(models.Model):
    """A program on somebody's device that may use the API for them, known by a token of its own."""

    UNUSED_FOR: ClassVar[timedelta] = timedelta(days=30)
    # The time of use is written at most this often: enough for a person to recognise a device.
    COARSE: ClassVar[timedelta] = timedelta(hours=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    name = models.CharField(_("Device name"), max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def expires_at(self) -> Any:
        """When the token ends unless it is used again before."""
        return self.last_used_at + self.UNUSED_FOR
