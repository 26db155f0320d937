"""How a line of a record is told on paper and in tables."""

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.clients import wareki
from apps.records.models import RecordLine


def cells(line: RecordLine) -> list[str]:
    """Day, time, how, with whom, what, and what has become of the message."""
    at = timezone.localtime(line.happened_at)
    when = [at.strftime("%Y/%m/%d"), at.strftime("%H:%M")]
    return [*when, str(line.get_method_display()), line.person, line.content, overtaken_said(line)]


def overtaken_said(line: RecordLine) -> str:
    """What has become of the message since the line was made of it; empty where it is as it was."""
    if line.message.is_removed:
        return _("Deleted afterwards")
    return _("Edited afterwards") if line.is_overtaken else ""


def line_said(line: RecordLine) -> dict[str, str]:
    """For the sheet."""
    at = timezone.localtime(line.happened_at)
    return {
        "day": wareki.written(at.date()),
        "time": at.strftime("%H:%M"),
        "method": str(line.get_method_display()),
        "person": line.person,
        "content": line.content,
        "overtaken": overtaken_said(line),
    }
