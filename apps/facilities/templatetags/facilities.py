"""Words of facilities in templates."""

from django import template

from apps.facilities import wording
from apps.facilities.grid import Grid
from apps.facilities.models import AvailabilityAnswer, Facility
from apps.facilities.wording import Cell, Table

register = template.Library()


@register.filter
def confirmed(answer: AvailabilityAnswer) -> str:
    """ "Confirmed 3 days ago"."""
    return wording.confirmed(answer)


@register.filter
def tables(answer: AvailabilityAnswer) -> list[Table]:
    """The free places of an answer, a table for each age."""
    return wording.tables_of(answer.grid)


@register.filter
def ages_said(facility: Facility) -> str:
    """Whom it takes, in a word or two."""
    return "・".join(facility.ages_said)


@register.filter
def said(grid: Grid, key: str) -> str:
    """What a cell says, as a form posts it."""
    found = grid.said(key)
    return "" if found is None else str(found)


@register.filter
def is_beyond(cell: Cell, offered: range) -> bool:
    """Whether a cell says a number of places that is not among those offered."""
    return isinstance(cell.said, int) and cell.said not in offered
