"""Clients opened by hand to one person, where no rule covers it."""

from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from apps.clients.models.clients import Client
from apps.environments.models import Environment


class ClientUserObjectPermission(UserObjectPermissionBase):
    """A client opened by hand to one person, beside what follows from seats. Vanishes with the client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    # Copied from the client by the database, because django-guardian writes these rows.
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)
    # Empty only in rows from before every opening had an end.
    expires_at = models.DateTimeField(null=True)


class ClientGroupObjectPermission(GroupObjectPermissionBase):
    """Needed by django-guardian beside the personal grants; no group is ever granted a client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(name="no_group_is_granted_a_client", condition=Q(pk=None)),
        ]
