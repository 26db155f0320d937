"""The family and guardians of a client: whom to call, and who decides with them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.written import Written, WrittenQuerySet, struck_by_somebody
from apps.directory.numbers import dialled
from apps.environments.models import Environment, Organization


class FamilyContact(Written):
    """A member of the family, or a guardian. No way to reach them is required; who may see one is decided by access.

    A change is another row: this one is struck out and stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="contacts")
    name = models.CharField(_("Name"), max_length=80)
    relation = models.CharField(_("Relation to the client"), max_length=40)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    # Whose people wrote the phone number down: they see it without the family member's consent.
    phone_from = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    is_key_person = models.BooleanField(_("Key person"), default=False)
    is_guardian = models.BooleanField(_("Parent or guardian"), default=False)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(WrittenQuerySet))

    class Meta:
        ordering = ["-is_key_person", "-is_guardian", "written_at"]
        constraints = [
            struck_by_somebody("a_contact_is_struck_out_by_somebody"),
            models.UniqueConstraint(
                name="one_key_person_per_client",
                fields=["client"],
                condition=Q(is_key_person=True, struck_at=None),
            ),
            models.CheckConstraint(name="a_contact_says_in_which_relation", condition=~Q(relation="") & ~Q(name="")),
            models.CheckConstraint(
                name="a_phone_number_was_written_by_an_organization",
                condition=Q(phone="", phone_from=None) | (~Q(phone="") & Q(phone_from__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def dialled(self) -> str:
        return dialled(self.phone)
