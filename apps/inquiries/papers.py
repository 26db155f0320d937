"""Refusals as a table for a spreadsheet and for A4."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.inquiries.queries import FEWEST, Unmet
from apps.kernel.print import pdf
from apps.kernel.tables import in_utf8, written
from apps.kernel.templatetags.house import day, moment


def lines_of(unmet: Unmet) -> list[list[str]]:
    """The heads, then every row; a number that is too small to be told is said as such."""
    heads = [_("Age group"), _("Reason"), *unmet.heads, _("Total")]
    rows = [
        [row.age, row.reason, *map(said, row.numbers), "–" if row.total is None else str(row.total)]
        for row in unmet.rows
    ]
    return [heads, *rows]


def said(number: int | None) -> str:
    return few() if number is None else str(number)


def few() -> str:
    return _("few")


def note_of(unmet: Unmet) -> str:
    words = {"fewest": FEWEST, "few": few()}
    return (
        _("“%(few)s” stands for fewer than %(fewest)s. Beside it no sum is shown.") % words if unmet.is_masked else ""
    )


def unmet_csv(unmet: Unmet) -> bytes:
    return in_utf8(written(lines_of(unmet)))


def unmet_pdf(unmet: Unmet, environment: str) -> bytes:
    heads, *rows = lines_of(unmet)
    told: dict[str, Any] = {
        "title": _("Why a place was refused"),
        "where": environment,
        "span": f"{day(unmet.since)} – {day(unmet.until)}",
        "stamp": _("As of %(moment)s") % {"moment": moment(timezone.now())},
        "heads": heads,
        "rows": rows,
        "note": note_of(unmet),
        "none": _("No office has refused in this time."),
    }
    return pdf("inquiries", "unmet", told)
