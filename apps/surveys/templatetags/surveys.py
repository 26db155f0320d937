"""How a survey's time is said, and what kind of question something is."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.surveys.kinds import QuestionKind
from apps.surveys.queries import last_working_moment
from apps.surveys.results.given import GivenFile
from apps.surveys.results.wording import measures_said

register = template.Library()

ICONS = {
    QuestionKind.AVAILABILITY: "calendar-date-range",
    QuestionKind.SINGLE: "check-circle",
    QuestionKind.MULTIPLE: "list-bullet",
    QuestionKind.NUMBER: "hashtag",
    QuestionKind.DATE: "calendar",
    QuestionKind.DATE_POLL: "calendar-days",
    QuestionKind.TIME: "clock",
    QuestionKind.SCALE: "adjustments-horizontal",
    QuestionKind.TEXT: "bars-3-bottom-left",
    QuestionKind.MATRIX: "table-cells",
    QuestionKind.FILE: "paper-clip",
}


@register.filter
def time_left(due_at: datetime | None) -> str:
    """あと3日, 今日まで: in days, as somebody with a calendar counts them; nothing once it has passed."""
    if due_at is None or due_at <= timezone.now():
        return ""
    days = (timezone.localdate(due_at) - timezone.localdate()).days
    if days == 0:
        return _("today is the last day")
    if days == 1:
        return _("until tomorrow")
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


@register.filter
def last_working(due_at: datetime | None) -> datetime | None:
    """The last moment before it at which offices are open, where it is another one and has not passed."""
    found = None if due_at is None else last_working_moment(due_at)
    return found if found is not None and found > timezone.now() else None


@register.filter
def kind_icon(kind: str) -> str:
    """The sign of a kind of question."""
    return ICONS[QuestionKind(kind)]


@register.filter
def kind_name(kind: str) -> str:
    """The words for it."""
    return str(QuestionKind(kind).label)


@register.filter
def files_in(cell: Any) -> tuple[GivenFile, ...]:
    """The files that a cell of a table names."""
    return getattr(cell, "files", ())


register.filter(measures_said)
