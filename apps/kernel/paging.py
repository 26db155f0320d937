"""Long lists, a page at a time."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet, Window

Row = TypeVar("Row", bound=Model)
ROWS = 50


class OneLook(Paginator):
    """Reads a page together with the number of all rows, because what is found costs more than what is shown.

    Only a number too high asks again.
    """

    def get_page(self, asked: Any) -> Page[Any]:
        rows: Any = self.object_list
        number = whole(asked)
        shown = list(rows.annotate(rows_in_all=Window(Count("*")))[(number - 1) * ROWS : number * ROWS])
        if not shown and number > 1:
            return super().get_page(asked)
        # Kept as the paginator itself keeps it: it counts once.
        self.__dict__["count"] = shown[0].rows_in_all if shown else 0
        return Page(shown, number, self)


def whole(asked: Any) -> int:
    try:
        return max(1, int(asked))
    except (TypeError, ValueError):
        return 1


def showing(page: Page[Any], shown: list[Any]) -> Page[Any]:
    """The same page with what is shown of its rows, in their place."""
    return Page(shown, page.number, page.paginator)


def paged(rows: QuerySet[Row], asked: str | None = None) -> Page[Row]:
    """The page of that number, as an address asks for it; the first for what is no number, the last for one too high.

    The rows need an order that tells any two of them apart, or somebody could stand on two pages and another on none.
    They are rows of a model, each once (no `distinct`).
    """
    return OneLook(rows, ROWS).get_page(asked)
