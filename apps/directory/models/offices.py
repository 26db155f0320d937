"""Offices and the services they are designated for, as the official lists publish them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.directory.numbers import dialled
from apps.kernel.folding import fold_name

from .kinds import ServiceKind, System
from .places import Municipality

HOURS = {
    "weekday": _("Weekdays"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
    "holiday": _("National holidays"),
    "closed": _("Closed on"),
}


class AsPublished(models.Model):
    """What a row of an official list says of a place: the published characters, byte for byte."""

    name = models.TextField()
    kana = models.TextField(blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    address = models.TextField(blank=True)
    building = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.TextField(blank=True)
    fax = models.TextField(blank=True)
    url = models.TextField(blank=True)
    corporate_name = models.TextField(blank=True)
    corporate_number = models.CharField(max_length=13, blank=True)
    # Folded name and kana, one to a line, for search only.
    search_text = models.TextField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="%(class)s_location_is_in_japan_or_unknown",
                # "Not null" is said as well: one null alone would make the comparison unknown, which passes a check.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(20, 46),
                    longitude__range=(122, 154),
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_corporate_number_has_13_digits_or_none",
                condition=Q(corporate_number__regex=r"^(\d{13})?$"),
            ),
        ]

    @property
    def phone_dialled(self) -> str:
        """The digits a phone dials; empty when the published text is not one number."""
        return dialled(self.phone)

    @property
    def fax_dialled(self) -> str:
        return dialled(self.fax)

    @property
    def is_located(self) -> bool:
        return self.latitude is not None

    @property
    def geo(self) -> str:
        """Latitude and longitude as a `geo:` address writes them, whatever the language; to about one metre."""
        return f"{self.latitude:.5f},{self.longitude:.5f}" if self.is_located else ""


class OfficeQuerySet(models.QuerySet["Office"]):
    def open(
        self, *, kind: ServiceKind | None = None, municipality: Municipality | None = None
    ) -> models.QuerySet["Office"]:
        """Offices with a service that is not closed: of the kind, and in the municipality or one of its wards."""
        services = OfficeService.objects.filter(office=OuterRef("pk"), valid_to=None)
        if kind is not None:
            services = services.filter(kind=kind)
        if municipality is not None:
            services = services.filter(municipality__in=municipality.codes_with_wards())
        return self.filter(Exists(services))


class Office(AsPublished):
    """A place of service, known by its number within a system. What it says of itself is what its first service says.

    The two systems hand out their numbers independently, so a number alone does not name an office.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=6, choices=System)
    office_number = models.TextField()
    # The first hundred characters of the folded kana, for lists in the order of the syllabary.
    sort_kana = models.TextField()
    search_grams = models.GeneratedField(
        expression=Func(F("search_text"), function="directory_grams"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta(AsPublished.Meta):
        ordering = ["sort_kana", "id"]
        constraints = [
            *AsPublished.Meta.constraints,
            models.UniqueConstraint(name="one_office_per_number_in_a_system", fields=["system", "office_number"]),
            models.CheckConstraint(name="office_has_a_number", condition=~Q(office_number="")),
            models.CheckConstraint(name="office_belongs_to_a_known_system", condition=Q(system__in=System.values)),
        ]
        indexes = [
            # Serves the search box of the directory, one and two characters included.
            GinIndex(name="offices_by_one_and_two_letters", fields=["search_grams"]),
            # Serves the pages of the unfiltered list.
            models.Index(name="offices_in_kana_order", fields=["sort_kana", "id"]),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeService(AsPublished):
    """An office's designation for one kind of service, as its own row of the official list publishes it.

    A service that leaves the list is closed (`valid_to`), never deleted, and opens again when it returns.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="services")
    kind = models.ForeignKey(ServiceKind, models.PROTECT, related_name="services")
    # Not the city: who designated the service. Its prefecture says which file must list it.
    authority_code = models.TextField(blank=True)
    prefecture_code = models.CharField(max_length=2)
    # Null is "not stated": the lists write an empty field, or 0.
    capacity = models.PositiveIntegerField(null=True)
    weekdays = models.TextField(blank=True)
    # Opening hours by "weekday", "saturday", "sunday", "holiday", and "closed": only what is stated.
    hours = models.JSONField(default=dict)
    remarks = models.TextField(blank=True)
    # Values that do not fit their field, by the list's column name, exactly as published.
    as_written = models.JSONField(default=dict)
    # Digest of everything above; two imports compare this instead of every column.
    fingerprint = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta(AsPublished.Meta):
        ordering = ["kind__system", "kind__code", "kind__opendata_code"]
        constraints = [
            *AsPublished.Meta.constraints,
            models.UniqueConstraint(name="one_service_of_a_kind_per_office", fields=["office", "kind"]),
            models.CheckConstraint(name="unknown_capacity_is_null_never_zero", condition=Q(capacity__gt=0)),
            models.CheckConstraint(
                name="service_never_ends_before_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            # Serves "who closed?" of an import and the filters of the directory.
            models.Index(name="open_services_by_kind", fields=["kind", "prefecture_code"], condition=Q(valid_to=None)),
            models.Index(
                name="open_services_by_municipality", fields=["municipality", "kind"], condition=Q(valid_to=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.kind_id}"

    @property
    def is_open(self) -> bool:
        return self.valid_to is None

    @property
    def own_name(self) -> str:
        """The name this service goes by where it is another than its office's; width and spaces make no other name."""
        return "" if fold_name(self.name) == fold_name(self.office.name) else self.name

    @property
    def own_address(self) -> str:
        return "" if fold_name(self.address) == fold_name(self.office.address) else self.address

    @property
    def has_own_numbers(self) -> bool:
        return (self.phone_dialled, self.fax_dialled) != (self.office.phone_dialled, self.office.fax_dialled)

    @property
    def hours_shown(self) -> list[tuple[str, str]]:
        """The stated opening hours in the order of the week, each with its label."""
        return [(str(label), self.hours[key]) for key, label in HOURS.items() if key in self.hours]
