"""Long lists, a page at a time."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
ROWS = 50


def paged(rows: QuerySet[Row], asked: str | None = None) -> Page[Row]:
    """The page of that number, as an address asks for it; the first for what is no number, the last for one too high.

    The rows need an order that tells any two of them apart, or somebody could stand on two pages and another on none.
    """
    return Paginator(rows, ROWS).get_page(asked)
