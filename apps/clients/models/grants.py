"""Clients opened by hand to one person, where no rule covers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member


class OpeningReason(models.TextChoices):
    """What a client is opened to one person for, beside the care team."""

    STANDS_IN = "stands_in", _("Stands in for a colleague")
    SUPERVISES = "supervises", _("Supervises or advises")
    TAKES_OVER = "takes_over", _("Prepares to take over")
    ON_CALL = "on_call", _("On call at night or on holidays")
    OTHER = "other", _("Another reason, written down elsewhere")


class ClientUserObjectPermission(UserObjectPermissionBase):
    """A client opened by hand to one person, beside what follows from seats. Vanishes with the client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    # Copied from the client by the database, because django-guardian writes these rows.
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)
    # Empty only in rows from before every opening had an end, a reason and a giver.
    expires_at = models.DateTimeField(null=True)
    reason = models.CharField(_("What for"), max_length=16, choices=OpeningReason, blank=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")


class ClientGroupObjectPermission(GroupObjectPermissionBase):
    """Needed by django-guardian beside the personal grants; no group is ever granted a client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(name="no_group_is_granted_a_client", condition=Q(pk=None)),
        ]
