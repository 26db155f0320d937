"""The import reports: what a file brought, and every value in it that is worth a look."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One imported file. Written in the transaction that wrote its rows: a refused file leaves none."""

    class Layout(models.TextChoices):
        KAIGO = "kaigo", _("Long-term care offices")
        SHOGAI = "shogai", _("Disability and child service offices")
        HOLIDAYS = "holidays", _("National holidays")
        MUNICIPALITIES = "municipalities", _("Municipalities")
        POSTAL = "postal", _("Postal codes")

    layout = models.CharField(max_length=14, choices=Layout)
    file_name = models.CharField(max_length=255)
    # SHA-256 of the file's bytes: the same file is recognised wherever it lies.
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=9)
    # The date the publisher gave the data; where it is unknown, the day of the import counts.
    edition_on = models.DateField(null=True)
    # Open-data codes of the service kinds in the file; empty for the layouts without kinds.
    kind_codes = ArrayField(models.CharField(max_length=3), default=list)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="every_row_of_an_import_is_accounted_for",
                condition=Q(
                    rows=F("new") + F("changed") + F("unchanged") + F("reopened") + F("repeated") + F("left_out")
                ),
            ),
            models.CheckConstraint(name="import_ends_after_it_begins", condition=Q(finished_at__gte=F("started_at"))),
        ]
        # Serves "has this file been imported?".
        indexes = [models.Index(name="imports_by_digest", fields=["digest"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def changes(self) -> int:
        return self.new + self.changed + self.reopened + self.closed


class ImportFinding(models.Model):
    """A value that was kept as published (or a row that was left out) and that somebody should look at."""

    class Code(models.TextChoices):
        UNKNOWN_COLUMN = "unknown_column", _("This column is not part of the layout; it was not read.")
        WRONG_LENGTH = "wrong_length", _("The row has another number of fields than the header; it was left out.")
        NO_NUMBER = "no_number", _("The row has no office number; it was left out.")
        NO_NAME = "no_name", _("The row has no name; it was left out.")
        UNKNOWN_KIND = "unknown_kind", _("The kind of service is not known; the row was left out.")
        BAD_ROW = "bad_row", _("The row cannot be read as this layout; it was left out.")
        REPEATED = "repeated", _("The row repeats an earlier one; the earlier one was kept.")
        NUMBER_FORM = "number_form", _("The office number does not have the usual form.")
        CHECK_DIGIT = "check_digit", _("The check digit of the office number does not fit.")
        CORPORATE_NUMBER = "corporate_number", _("This is not a valid corporate number.")
        CAPACITY = "capacity", _("The capacity is not a number.")
        COORDINATES = "coordinates", _("The coordinates are not a place in Japan.")
        PHONE = "phone", _("This does not read as one phone number.")
        MUNICIPALITY = "municipality", _("The municipality was not found.")
        PARENT_MUNICIPALITY = "parent_municipality", _("The ward was not found; the city was taken.")
        KIND_NAME = "kind_name", _("The name of the kind differs from the kind of the file.")
        WEEKDAYS = "weekdays", _("The weekdays hold free text.")
        LINE_BREAK = "line_break", _("The text holds a written-out line break.")
        REMARK_IN_ADDRESS = "remark_in_address", _("The address holds a remark.")
        TRAILING_MARK = "trailing_mark", _("The text ends in a stray mark.")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="warnings")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=20, choices=Code)
    column = models.CharField(max_length=80, blank=True)
    # The first 200 characters of the value.
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"
