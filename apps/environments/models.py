"""Environments, the bodies that take part in them, and the people who act for those bodies."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.directory.models import Municipality, Office
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time


class Environment(models.Model):
    """The isolated data space of one municipality for one purpose, such as its care network."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(
        _("Address"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$",
                _("Use 3 to 40 small letters, digits and hyphens, beginning with a letter."),
            )
        ],
    )
    name = models.CharField(_("Name"), max_length=80)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="environments")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.slug


class OrganizationKind(models.TextChoices):
    """What a body is in the care network (domain glossary)."""

    CITY_DIVISION = "city_division", _("City division")
    COMMUNITY_SUPPORT_CENTER = "community_support_center", _("Community support center")
    CORE_CONSULTATION_CENTER = "core_consultation_center", _("Core consultation center")
    CARE_MANAGEMENT_OFFICE = "care_management_office", _("Care management office")
    CLINIC = "clinic", _("Clinic or hospital")
    VISITING_NURSE_STATION = "visiting_nurse_station", _("Visiting nurse station")
    HOME_HELP_OFFICE = "home_help_office", _("Home help office")
    DAY_SERVICE = "day_service", _("Day service")
    EQUIPMENT_SUPPLIER = "equipment_supplier", _("Welfare equipment supplier")
    PHARMACY = "pharmacy", _("Pharmacy")
    CHILD_FACILITY = "child_facility", _("Child development facility")
    CONSULTATION_SUPPORT = "consultation_support", _("Consultation support office")
    FAMILY = "family", _("Family")
    OTHER = "other", _("Other")


class Organization(models.Model):
    """A body that takes part in an environment, linked to an office of the directory or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="organizations")
    name = models.CharField(_("Name"), max_length=120)
    kana = models.CharField(_("Reading"), max_length=120, blank=True)
    kind = models.CharField(_("Kind"), max_length=32, choices=OrganizationKind)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    # A body from outside the municipality, with narrower defaults.
    is_outside = models.BooleanField(_("From outside the municipality"), default=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_organization_per_name", fields=["environment", "name"]),
            models.UniqueConstraint(
                name="an_office_takes_part_once", fields=["environment", "office"], condition=Q(office__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Role(models.TextChoices):
    """What a member may do to the environment itself. It opens no client: seats and grants do."""

    ADMIN = "admin", _("Environment admin")
    AUDITOR = "auditor", _("Auditor")
    DESK = "desk", _("Welfare desk")
    MEMBER = "member", _("Member")
    GUEST = "guest", _("Guest")


class Profession(models.TextChoices):
    """A profession of the field (domain glossary)."""

    CARE_MANAGER = "care_manager", _("Care manager")
    CHIEF_CARE_MANAGER = "chief_care_manager", _("Chief care manager")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PUBLIC_HEALTH_NURSE = "public_health_nurse", _("Public health nurse")
    LIFE_COORDINATOR = "life_coordinator", _("Community life coordinator")
    CONSULTATION_SPECIALIST = "consultation_specialist", _("Consultation support specialist")
    CHILD_DEVELOPMENT_MANAGER = "child_development_manager", _("Child development support manager")
    SERVICE_MANAGER = "service_manager", _("Service provision manager")
    HOME_HELPER = "home_helper", _("Home helper")
    EQUIPMENT_SPECIALIST = "equipment_specialist", _("Welfare equipment specialist")
    VISITING_NURSE = "visiting_nurse", _("Visiting nurse")
    NURSE = "nurse", _("Nurse")
    THERAPIST = "therapist", _("Therapist")
    PHYSICIAN = "physician", _("Physician")
    PHARMACIST = "pharmacist", _("Pharmacist")
    OFFICE_MANAGER = "office_manager", _("Office manager")
    CITY_STAFF = "city_staff", _("City staff")
    FAMILY = "family", _("Family member")
    OTHER = "other", _("Other")


class Ending(models.TextChoices):
    """How a place ended by somebody's hand."""

    LEFT = "left", _("Left")
    MOVED = "moved", _("Moved to another organization")
    # Ended by mistake: a new place was given on the same day, and nothing marks the name.
    RESUMED = "resumed", _("Given back")


class MemberQuerySet(PeriodQuerySet):
    def current(self) -> Self:
        """Members whose period is open now and not suspended: those for whom any door opens."""
        return self.open().filter(suspended_at=None)

    def with_role(self, *roles: str) -> Self:
        return self.filter(role__in=roles)


class Member(Period):
    """A person's place in one environment: for which organization, as what, from when until when.

    The type of every `by=`. The name lives here and not on the person who signs in, so that it stays inside the wall.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="members")
    name = models.CharField(_("Name"), max_length=80)
    kana = models.CharField(_("Reading"), max_length=80)
    profession = models.CharField(_("Profession"), max_length=32, choices=Profession, default=Profession.OTHER)
    role = models.CharField(_("Role"), max_length=16, choices=Role, default=Role.MEMBER)
    # Empty while the place is open, and where a date that was known beforehand ended it.
    ended_as = models.CharField(max_length=8, choices=Ending, blank=True)
    # The present tense of the suspensions below, kept by the database, so that no door asks a second table.
    suspended_at = models.DateTimeField(null=True, editable=False)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(MemberQuerySet))

    class Meta:
        constraints = [
            ends_after_it_begins("member_leaves_after_joining"),
            # One place at a time: a person who changes organization ends one membership and begins another.
            one_at_a_time("one_membership_per_person_at_a_time", "environment", "user"),
            models.CheckConstraint(
                name="only_a_place_with_an_end_says_how_it_ended", condition=Q(ended_as="") | Q(valid_to__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["user", "environment"], name="member_by_user")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_current(self) -> bool:
        return self.is_open and self.suspended_at is None

    @property
    def is_suspended(self) -> bool:
        return self.is_open and self.suspended_at is not None

    @property
    def has_ended(self) -> bool:
        return self.valid_to is not None and self.valid_to <= timezone.now()

    @property
    def known_as(self) -> str:
        """The name beside what they wrote, for everybody and in the reader's language: 「森 健（退職）」 when they have gone."""
        if not self.has_ended or self.ended_as == Ending.RESUMED:
            return self.name
        elif self.ended_as == Ending.MOVED:
            return gettext("%(name)s (moved on)") % {"name": self.name}
        else:
            return gettext("%(name)s (no longer here)") % {"name": self.name}

    @property
    def can_be_given_back(self) -> bool:
        """Ended by somebody's hand, today: the day on which a mistake can be taken back."""
        if self.valid_to is None or not self.has_ended or self.ended_as != Ending.LEFT:
            return False
        return timezone.localdate(self.valid_to) == timezone.localdate()

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST


class SuspensionReason(models.TextChoices):
    NOT_NEEDED = "not_needed", _("A review said that the access is not needed")
    UNANSWERED = "unanswered", _("Nobody answered the review in time")


class Suspension(Period):
    """A time in which a place is closed without having ended: its person sees nothing, and gets all of it back at once.

    Never deleted; ended by lifting it.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=16, choices=SuspensionReason)
    # Nobody, where time ran out.
    suspended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            ends_after_it_begins("suspension_ends_after_it_begins"),
            one_at_a_time("one_suspension_of_a_place_at_a_time", "member"),
            models.CheckConstraint(
                name="a_lifted_suspension_has_its_time_and_hand",
                condition=Q(valid_to=None, lifted_by=None) | Q(valid_to__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
