"""How old somebody is: in years, by school, and in the bands that tell little enough about a person."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PRESCHOOL = _("Before school age")
ELEMENTARY = _("Elementary school age")
SECONDARY = _("Junior high or high school age")
# The first age that no longer belongs to the band.
BANDS = (
    (40, _("Under 40")),
    (65, _("Aged 40 to 64")),
    (75, _("Aged 65 to 74")),
    (85, _("Aged 75 to 84")),
)
OLDEST = _("Aged 85 or older")


def age_on(born_on: date, today: date) -> int:
    """Full years: one more on the birthday itself."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def school_year_of(day: date, *, begins: tuple[int, int] = (4, 1)) -> int:
    """The year in which the school year of a day began."""
    return day.year if (day.month, day.day) >= begins else day.year - 1


def years_at_school(born_on: date, today: date) -> int:
    """1 in the first year of elementary school, 0 and less before.

    School begins on the first 1 April after the sixth birthday. By law an age is reached on the eve of the birthday:
    who is born on 1 April belongs to the year before (学校教育法17条, 年齢計算ニ関スル法律).
    """
    return school_year_of(today) - school_year_of(born_on, begins=(4, 2)) - 6


LAST_YEAR_OF_SCHOOL = 12
BEFORE_SCHOOL = {
    0: _("Last year of kindergarten"),
    -1: _("Middle year of kindergarten"),
    -2: _("First year of kindergarten"),
}


def is_child(born_on: date, today: date) -> bool:
    """Until the end of the school year in which somebody turns 18, as after-school services count (児童福祉法6条の2の2)."""
    return years_at_school(born_on, today) <= LAST_YEAR_OF_SCHOOL


def grade(born_on: date, today: date) -> str:
    """The school year a child belongs to by age, in words; nothing for adults."""
    year = years_at_school(born_on, today)
    if year > LAST_YEAR_OF_SCHOOL:
        return ""
    if year < 1:
        return str(BEFORE_SCHOOL.get(year, _("Before kindergarten")))
    if year <= 6:
        return gettext("Elementary school, year %(year)s") % {"year": year}
    if year <= 9:
        return gettext("Junior high school, year %(year)s") % {"year": year - 6}
    return gettext("High school, year %(year)s") % {"year": year - 9}


def age_band(born_on: date, today: date) -> Promise:
    """The band somebody belongs to today: by school for the young, by years for everybody else."""
    at_school = years_at_school(born_on, today)
    if at_school < 1:
        return PRESCHOOL
    if at_school <= 6:
        return ELEMENTARY
    if at_school <= 12:
        return SECONDARY
    years = age_on(born_on, today)
    return next((band for too_old, band in BANDS if years < too_old), OLDEST)
