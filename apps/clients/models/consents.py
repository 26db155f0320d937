"""What a client has agreed to in writing: the paper that elsewhere lies in a folder, and here opens the door."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.papers import ClientPaper
from apps.clients.models.wordings import PrintedForm
from apps.environments.models import Environment, Member, Organization, OrganizationKind
from apps.kernel.periods import ends_after_it_begins

# How long ahead the end of a consent is announced.
SOON = timedelta(days=30)


class Purpose(models.TextChoices):
    """What information may be used for (平11厚令38 13条・23条3項, 平24厚労令15 47条)."""

    COORDINATION = "coordination", _("Coordinating care and support")
    INTRODUCTION = "introduction", _("Introducing facilities and booking visits")
    EMERGENCY = "emergency", _("Emergencies and disasters")


class Signer(models.TextChoices):
    """Who has signed: the client, or somebody who may sign for them."""

    SELF = "self", _("The client")
    FAMILY = "family", _("A family member")
    GUARDIAN = "guardian", _("The parent or guardian of a child")
    ADULT_GUARDIAN = "adult_guardian", _("The adult guardian")


def lasting(at: datetime | OuterRef, on: str = "") -> Q:
    """A client's own consent that has begun and has not ended at a moment; `on` leads to it from another table."""
    lasts = Q((f"{on}valid_to", None)) | Q((f"{on}valid_to__gt", at))
    return lasts & Q((f"{on}valid_from__lte", at), (f"{on}covers_family", False))


class ConsentRecordQuerySet(models.QuerySet["ConsentRecord"]):
    def in_force(self) -> Self:
        """Consents that have begun, have not ended and were not withdrawn."""
        return self.filter(lasting(timezone.now()), withdrawn_at=None)

    def in_force_at(self, moment: datetime | OuterRef) -> Self:
        """Consents that were in force at a moment that has passed."""
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment), lasting(moment))

    def known_in_force_at(self, moment: datetime | None) -> Self:
        """Consents by which doors opened at a moment: in force, and written down by then; now without one."""
        return self.in_force() if moment is None else self.in_force_at(moment).filter(recorded_at__lte=moment)

    def over(self) -> Self:
        """Consents that have ended or were withdrawn."""
        return self.filter(Q(withdrawn_at__isnull=False) | Q(valid_to__lte=timezone.now()))

    def ending_soon(self) -> Self:
        """Consents in force whose end lies within thirty days."""
        now = timezone.now()
        return self.in_force().filter(valid_to__gt=now, valid_to__lte=now + SOON)


class ConsentRecord(models.Model):
    """One signed consent: by whom, for what, for which bodies (its audience), from when until when, shown by what.

    Never changed but by its withdrawal, never deleted. Data of the family need a consent of their own
    (`covers_family`), signed by that family member; it opens nothing of the client.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="consents")
    signer = models.CharField(_("Signed by"), max_length=16, choices=Signer)
    signer_name = models.CharField(_("Name of the person who signed"), max_length=80)
    relation = models.CharField(_("Relation to the client"), max_length=40, blank=True)
    purposes = ArrayField(models.CharField(max_length=16, choices=Purpose), verbose_name=_("For what"))
    covers_family = models.BooleanField(_("About the family member's own data"), default=False)
    signed_on = models.DateField(_("Signed on"))
    valid_from = models.DateTimeField(_("From"), default=timezone.now)
    valid_to = models.DateTimeField(_("Until"), null=True, blank=True)
    # The evidence: where the signed paper lies, such as the number of its folder, or its scan in the record, or both.
    reference = models.CharField(_("Where the paper is kept"), max_length=120, blank=True)
    paper = models.ForeignKey(ClientPaper, models.PROTECT, null=True, blank=True, related_name="+")
    # The sheet of the house that was signed; none for a paper of somebody else's.
    form = models.ForeignKey(PrintedForm, models.PROTECT, null=True, blank=True, related_name="consents")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    withdrawal_note = models.CharField(_("How it was withdrawn"), max_length=200, blank=True)

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(ConsentRecordQuerySet)
    )

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [
            # Serves the door: is there a consent in force for this client?
            models.Index(fields=["client"], name="consents_in_force", condition=Q(withdrawn_at=None)),
            # Serves "which consents end soon": a few of a hundred thousand.
            models.Index(fields=["valid_to"], name="consents_by_their_end", condition=Q(withdrawn_at=None)),
        ]
        constraints = [
            ends_after_it_begins("consent_ends_after_it_begins"),
            models.CheckConstraint(
                name="who_signs_for_a_client_says_in_which_relation", condition=Q(signer="self") | ~Q(relation="")
            ),
            models.CheckConstraint(name="a_consent_has_a_purpose", condition=~Q(purposes=[])),
            models.CheckConstraint(
                name="a_consent_is_shown_by_something", condition=~Q(reference="") | Q(paper__isnull=False)
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_its_time_and_hand",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_signs_for_the_family_as_the_client", condition=Q(covers_family=False) | ~Q(signer="self")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return self.withdrawn_at is None and self.valid_from <= now and not self.has_ended

    @property
    def has_ended(self) -> bool:
        return self.valid_to is not None and self.valid_to <= timezone.now()

    @property
    def over_at(self) -> datetime:
        """When it ended or was withdrawn, whichever came first; the end of time while neither has happened."""
        never = datetime.max.replace(tzinfo=UTC)
        return min(self.withdrawn_at or never, self.valid_to or never)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; the moment of its end belongs to the day after."""
        return None if self.valid_to is None else timezone.localdate(self.valid_to - timedelta(microseconds=1))

    @property
    def days_left(self) -> int | None:
        """How many days lie between today and the last day; None while there is no end."""
        return None if self.last_day is None else (self.last_day - timezone.localdate()).days

    @property
    def ends_soon(self) -> bool:
        return self.is_in_force and self.valid_to is not None and self.valid_to <= timezone.now() + SOON

    @property
    def purposes_said(self) -> list[Promise]:
        """What for, in words and in the order of the form."""
        return [purpose.label for purpose in Purpose if purpose in self.purposes]


class ConsentReminder(models.Model):
    """That the end of a consent was announced: once."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    consent = models.OneToOneField(ConsentRecord, models.PROTECT, related_name="reminder")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)


class AudienceQuerySet(models.QuerySet["Audience"]):
    def in_force(self, purpose: str | OuterRef) -> Self:
        """Audiences of consents that are in force now for a purpose, or for that of the row that asks."""
        return self.filter(
            lasting(timezone.now(), on="consent__"),
            consent__withdrawn_at=None,
            consent__purposes__contains=[purpose],
        )

    def known_in_force_at(self, purpose: str | OuterRef, moment: datetime | None) -> Self:
        """The same at a moment, of consents that were written down by then; now without one."""
        if moment is None:
            return self.in_force(purpose)
        standing = Q(consent__withdrawn_at=None) | Q(consent__withdrawn_at__gt=moment)
        written = {"consent__recorded_at__lte": moment, "consent__purposes__contains": [purpose]}
        return self.filter(standing, lasting(moment, on="consent__"), **written)

    def of(self, organization: Organization) -> Self:
        """Audiences that name the organization or its kind."""
        return self.filter(Q(organization=organization.pk) | Q(kind=organization.kind))


class Audience(models.Model):
    """A body a consent covers: one organization by name, or every organization of a kind that is on the care team."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    consent = models.ForeignKey(ConsentRecord, models.PROTECT, related_name="audience")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=32, choices=OrganizationKind, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(AudienceQuerySet))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_audience_is_one_organization_or_one_kind",
                condition=Q(organization=None) & ~Q(kind="") | Q(organization__isnull=False, kind=""),
            ),
            models.UniqueConstraint(
                name="an_audience_is_named_once", fields=["consent", "organization", "kind"], nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["organization", "consent"], name="consents_for_an_organization")]

    def __str__(self) -> str:
        return str(self.pk)
