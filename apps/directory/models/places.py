"""Where and when: municipalities, postal codes, holidays."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5


class Municipality(models.Model):
    """A municipality or a ward of one, by its six-digit code of local governments (the last digit is a check digit)."""

    lg_code = models.CharField(max_length=6, primary_key=True)
    # A ward of a designated city belongs to its city; the 23 special wards of Tokyo are municipalities themselves.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="wards")
    prefecture = models.TextField()
    name = models.TextField()
    kana = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    url = models.TextField(blank=True)
    # Folded name and kana. Not indexed: fewer than two thousand rows are read faster than an index.
    search_text = models.TextField()

    class Meta:
        ordering = ["lg_code"]
        constraints = [
            models.CheckConstraint(name="municipality_code_has_six_digits", condition=Q(lg_code__regex=r"^\d{6}$")),
            models.CheckConstraint(
                name="municipality_has_a_name_and_a_prefecture", condition=~Q(name="") & ~Q(prefecture="")
            ),
            models.CheckConstraint(
                name="municipality_location_has_both_coordinates",
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefecture}{self.name}"

    @property
    def is_ward(self) -> bool:
        return self.parent_id is not None

    def codes_with_wards(self) -> list[str]:
        """Its own code and those of its wards. Read beforehand: a list of codes lets the planner use an index."""
        return [self.pk, *self.wards.values_list("pk", flat=True)]


class PostalArea(models.Model):
    """A postal code's area: as printed in the official list, and readable.

    The list breaks long towns over several lines and writes readings in half-width kana: `town` and `kana` keep its
    characters (lines joined), `town_name` and `reading` are for people.
    """

    postal_code = models.CharField(max_length=7)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="postal_areas")
    town = models.TextField()
    kana = models.TextField()
    # Empty where the list says "not listed below": the code stands for the rest of the municipality.
    town_name = models.TextField(blank=True)
    reading = models.TextField(blank=True)

    class Meta:
        ordering = ["postal_code", "id"]
        constraints = [
            models.CheckConstraint(name="postal_code_has_seven_digits", condition=Q(postal_code__regex=r"^\d{7}$")),
            # Digests: a joined town may be longer than an index entry can be.
            models.UniqueConstraint(
                "postal_code", "municipality", MD5("town"), MD5("kana"), name="a_town_is_listed_once_per_postal_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.town_name}"


class Holiday(models.Model):
    """A national holiday, from the Cabinet Office's list."""

    date = models.DateField(primary_key=True)
    name = models.TextField()

    class Meta:
        ordering = ["date"]
        constraints = [models.CheckConstraint(name="holiday_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
