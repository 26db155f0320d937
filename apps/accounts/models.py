"""The person who signs in. Names live on members, inside the wall of an environment; here is only a login id."""

import uuid
from typing import Any, ClassVar

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
