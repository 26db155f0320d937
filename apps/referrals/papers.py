"""The days to the start as a table for a spreadsheet and for A4."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.facilities.models import Operator
from apps.kernel.print import pdf
from apps.kernel.tables import in_cp932, in_utf8, written
from apps.kernel.templatetags.house import moment
from apps.referrals.drawing import FEWEST, Box, Days, Group, Period, Shape


def period_said(period: Period) -> str:
    words = {"year": period.year, "quarter": period.quarter}
    return _("Fiscal %(year)s, quarter %(quarter)s") % words if period.quarter else _("Fiscal %(year)s") % words


def operator_said(operator: str) -> str:
    return str(Operator(operator).label) if operator else pgettext("operator", "Not known")


def kind_said(kind: str) -> str:
    return kind or pgettext("referral", "All kinds of service")


def number_said(number: float | None) -> str:
    """Whole days as such; the half of a median between two is told."""
    return "–" if number is None else f"{number:.1f}".removesuffix(".0")


def count_said(box: Box) -> str:
    return _("few") if box.count is None else str(box.count)


def heads() -> list[str]:
    return [
        _("Kind of service"),
        pgettext("referral", "Period of the start"),
        _("Who runs it"),
        pgettext("referral", "Starts"),
        pgettext("referral", "Lower quartile (days)"),
        pgettext("referral", "Median (days)"),
        pgettext("referral", "Upper quartile (days)"),
    ]


def line_of(kind: str, box: Box) -> list[str]:
    numbers = [number_said(one) for one in (box.lower, box.median, box.upper)]
    return [kind_said(kind), period_said(box.period), operator_said(box.operator), count_said(box), *numbers]


def lines_of(days: Days) -> list[list[str]]:
    return [heads(), *(line_of(group.kind, shape.box) for group in days.groups for shape in group.shapes)]


def note_of(days: Days) -> str:
    words = {"fewest": FEWEST, "few": _("few")}
    told = _("“%(few)s” stands for fewer than %(fewest)s. A sum of which a part is hidden is hidden too.") % words
    return told if days.is_masked and any(box.is_masked for box in days.boxes) else ""


def sentence_of(days: Days) -> str:
    """What the newest period says in which both public and private are told."""
    group = next((one for one in days.groups if not one.kind), None)
    told = [shape.box for shape in group.shapes if not shape.box.is_masked] if group is not None else []
    found = {(box.period, box.operator): number_said(box.median) for box in told}
    both = [box.period for box in told if {(box.period, "public"), (box.period, "private")} <= found.keys()]
    if not both:
        return ""
    newest = max(both)
    said = _(
        "%(period)s: half of all starts took at most %(public)s days at public facilities, %(private)s at private ones."
    )
    words = {"public": found[newest, "public"], "private": found[newest, "private"]}
    return said % {"period": period_said(newest), **words}


def days_csv(days: Days) -> bytes:
    return in_utf8(written(lines_of(days)))


def days_cp932(days: Days) -> bytes:
    return in_cp932(written(lines_of(days)))


def days_pdf(days: Days, environment: str) -> bytes:
    told: dict[str, Any] = {
        "title": pgettext("referral", "Days from the consultation to the start"),
        "where": environment,
        "stamp": _("As of %(moment)s") % {"moment": moment(timezone.now())},
        "sentence": sentence_of(days),
        "heads": heads()[1:],
        "scale": scale_said(days),
        "groups": [printed(one) for one in days.groups],
        "note": note_of(days),
        "none": _("No service has started in this time."),
    }
    return pdf("referrals", "days", told)


def scale_said(days: Days) -> str:
    return _("Up to %(most)s days") % {"most": days.most}


def printed(group: Group) -> dict[str, Any]:
    return {"kind": kind_said(group.kind), "rows": [row_of(group.kind, one) for one in group.shapes]}


def row_of(kind: str, shape: Shape) -> dict[str, Any]:
    box = [shape.start, shape.width, shape.middle]
    return {"cells": line_of(kind, shape.box)[1:], "box": None if shape.box.is_masked else box}
