"""Facilities, the school districts from which they fetch children, and what they have said of their free places."""

import uuid
from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from apps.directory.models import Office, ServiceKind
from apps.environments.models import Environment, Member, Organization
from apps.facilities import grid, stated
from apps.facilities.grid import Age, Grid
from apps.facilities.stated import Stated


def located_or_not(name: str) -> models.CheckConstraint:
    """Both coordinates, and a place in Japan; or neither."""
    # "Not null" is said as well: one null alone would make the comparison unknown, which passes a check.
    known = Q(latitude__isnull=False, longitude__isnull=False, latitude__range=(20, 46), longitude__range=(122, 154))
    return models.CheckConstraint(name=name, condition=Q(latitude=None, longitude=None) | known)


class SchoolDistrict(models.Model):
    """The district of a school, as the municipality draws it; located where its school stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the school district"), max_length=60)
    # Their order in every list.
    number = models.PositiveSmallIntegerField(_("Order"), default=1)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["number", "name", "id"]
        constraints = [
            models.UniqueConstraint(name="one_school_district_per_name", fields=["environment", "name"]),
            models.CheckConstraint(name="a_school_district_has_a_name", condition=~Q(name="")),
            located_or_not("a_school_district_is_in_japan_or_unknown"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_located(self) -> bool:
        return self.latitude is not None


class Operator(models.TextChoices):
    """Who runs a facility; empty is "not known"."""

    PUBLIC = "public", pgettext_lazy("operator", "Public")
    PRIVATE = "private", pgettext_lazy("operator", "Private")


class FacilityQuerySet(models.QuerySet["Facility"]):
    def open(self) -> Self:
        """Those that have no closing day, or one that has not come."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))


class Facility(models.Model):
    """One service of an office, whether or not the office takes part: one that has only a FAX has no organization."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="facilities")
    # As the public directory knows it; empty for one that was written down by hand.
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="facilities",
        verbose_name=_("Organization that answers for it"),
    )
    kind = models.ForeignKey(ServiceKind, models.PROTECT, related_name="+", verbose_name=_("Kind of service"))
    name = models.CharField(_("Name of the facility"), max_length=120)
    kana = models.CharField(_("Reading"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    fax = models.CharField(_("Fax number"), max_length=40, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=7, blank=True)
    address = models.CharField(_("Address of the facility"), max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    operator = models.CharField(_("Who runs it"), max_length=7, choices=Operator, blank=True)
    # Empty is "not known".
    capacity = models.PositiveSmallIntegerField(
        _("Capacity"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9_999)]
    )
    age_groups = ArrayField(models.CharField(max_length=9, choices=Age), default=list, verbose_name=_("Whom it takes"))
    districts = models.ManyToManyField(SchoolDistrict, through="PickUpArea", related_name="facilities")
    takes_medical_care = models.BooleanField(_("Takes people who need medical care"), default=False)
    picks_up = models.BooleanField(_("Fetches and brings home"), default=False)
    closed_on = models.DateField(_("Closed from"), null=True, blank=True)
    registered_at = models.DateTimeField(default=timezone.now, editable=False)
    registered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(FacilityQuerySet))

    class Meta:
        ordering = ["kana", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_service_of_an_office_is_one_facility",
                fields=["environment", "office", "kind"],
                condition=Q(office__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_facility_written_by_hand_stands_once",
                fields=["environment", "kind", "name"],
                condition=Q(office=None),
            ),
            models.CheckConstraint(name="a_facility_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_facility_is_public_or_private_or_unknown", condition=Q(operator__in=["", *Operator.values])
            ),
            models.CheckConstraint(name="an_unknown_capacity_is_null", condition=Q(capacity__range=(1, 9_999))),
            models.CheckConstraint(
                name="a_facility_takes_known_age_groups", condition=Q(age_groups__contained_by=Age.values)
            ),
            models.CheckConstraint(
                name="a_postal_code_has_seven_digits_or_none", condition=Q(postal_code__regex=r"^(\d{7})?$")
            ),
            located_or_not("a_facility_is_in_japan_or_unknown"),
        ]
        indexes = [
            # Serves "which facilities are this organization's?", asked for everybody who opens the board.
            models.Index(name="facilities_of_organizations", fields=["organization"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on <= timezone.localdate()

    @property
    def is_located(self) -> bool:
        return self.latitude is not None

    @property
    def has_account(self) -> bool:
        """Whether somebody of it can answer in the service; otherwise it is asked by FAX or phone."""
        return self.organization_id is not None

    @property
    def ages_said(self) -> list[str]:
        return [str(Age(age).label) for age in Age.values if age in self.age_groups]


class PickUpArea(models.Model):
    """A facility fetches children from a school district."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="areas")
    district = models.ForeignKey(SchoolDistrict, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_facility_fetches_from_a_district_once", fields=["facility", "district"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Source(models.TextChoices):
    """By which way an answer came."""

    OWN = "own", _("By the facility itself")
    DESK = "desk", _("By the city on its behalf")
    SURVEY = "survey", _("In a survey")
    PAPER = "paper", _("On paper")


class AvailabilityAnswer(models.Model):
    """What a facility said of its free places at one moment, numbered within the facility. Never changed: the newest counts."""

    # Greyed after so long, and shown only when asked for after so long (domain.md §7).
    FRESH = timedelta(days=14)
    HIDDEN = timedelta(days=30)

    id = models.BigAutoField(primary_key=True)
    # Neither has an index of its own. The numbers below serve every question, and beside them one of all answers of an
    # environment costs a hundred times as much: without statistics PostgreSQL reads it for each facility.
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+", db_index=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="answers", db_index=False)
    number = models.PositiveIntegerField()
    # As `grid.read` takes it.
    cells = models.JSONField(default=dict)
    from_when = models.DateField(null=True)
    # Empty where nothing was said: then what the facility's own page says counts. Ids of districts as they were that day.
    ages = ArrayField(models.CharField(max_length=9, choices=Age), default=list)
    districts = ArrayField(models.UUIDField(), default=list)
    medical_care = models.BooleanField(null=True)
    visit_times = models.CharField(max_length=stated.LONGEST_TIMES, blank=True)
    remarks = models.CharField(max_length=stated.LONGEST_REMARKS, blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)
    # Nobody, where a sheet came back from an office without an account.
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=6, choices=Source)
    # Written by somebody else than the facility's own people, on its behalf.
    is_proxy = models.BooleanField(default=False)
    # The same as before, confirmed with one press.
    is_unchanged = models.BooleanField(default=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        # By the key: to order by the facility itself would sort by its name, and join it to every answer.
        ordering = ["facility_id", "number"]
        constraints = [
            # Of two who answer at once one comes after the other. Serves "the newest answer of a facility" too.
            models.UniqueConstraint(name="answers_are_numbered_within_their_facility", fields=["facility", "number"]),
            models.CheckConstraint(name="answers_of_a_facility_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="an_answer_is_for_known_age_groups", condition=Q(ages__contained_by=Age.values)
            ),
            models.CheckConstraint(
                name="who_answers_for_oneself_is_known",
                condition=Q(confirmed_by__isnull=False) | Q(source__in=["survey", "paper"]),
            ),
            models.CheckConstraint(
                name="what_the_city_says_is_marked_as_such", condition=~Q(source="desk") | Q(is_proxy=True)
            ),
            models.CheckConstraint(
                name="only_a_second_answer_says_nothing_new", condition=Q(is_unchanged=False) | Q(number__gt=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id}.{self.number}"

    @property
    def grid(self) -> Grid:
        # It was read before it was kept, and stays as it was: a board has seven hundred of them.
        return Grid(self.cells)

    @property
    def stated(self) -> Stated:
        """All that was said, as it can be said again."""
        return Stated(
            grid=grid.read(self.cells),
            from_when=self.from_when,
            districts=tuple(self.districts),
            ages=tuple(self.ages),
            medical_care=self.medical_care,
            visit_times=self.visit_times,
            remarks=self.remarks,
        )

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.confirmed_at

    @property
    def is_old(self) -> bool:
        """Greyed: two weeks after it was confirmed."""
        return self.age >= self.FRESH

    @property
    def is_hidden(self) -> bool:
        """Shown only to whoever asks for old answers too."""
        return self.age >= self.HIDDEN


class Shown(models.TextChoices):
    """To whom the board of free places is shown beside the city. A facility is always shown its own answer."""

    CITY = "city", _("The city alone")
    PARTNERS = "partners", _("Everybody who arranges services, but not the facilities themselves")
    EVERYBODY = "everybody", _("Everybody inside, the facilities too")


class BoardPolicy(models.Model):
    """What an environment's admin has said of the board; where there is no row, partners are shown it."""

    id = models.BigAutoField(primary_key=True)
    environment = models.OneToOneField(Environment, models.PROTECT, related_name="+")
    shown_to = models.CharField(
        _("Who is shown the board of free places"), max_length=9, choices=Shown, default=Shown.PARTNERS
    )
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_board_is_shown_to_somebody_that_there_is", condition=Q(shown_to__in=Shown.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.environment_id)
