"""With what a note may begin, so that nobody faces an empty page: minutes, a schedule, a handover, a check list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.kernel.templatetags.house import day


@dataclass(frozen=True)
class Beginning:
    """A form of note: the name by which it is chosen, its sign, and with what it begins."""

    key: str
    name: str | Promise
    icon: str
    title: str | Promise
    # From today, as the reader writes it, to the lines of the text in the reader's language.
    lines: Callable[[str], list[str]]

    def filled(self) -> dict[str, str]:
        """Title and text as they stand in the form."""
        return {"title": str(self.title), "body": "\n".join(self.lines(day(timezone.localdate())))}


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def part(heading: str, *lines: str) -> list[str]:
    """A heading with the lines below it, apart from what stands before."""
    return ["", f"# {heading}", *lines]


def minutes(today: str) -> list[str]:
    return [
        row(_("Item"), _("Content")),
        row(_("Date and time"), today),
        row(_("Place of the meeting"), ""),
        row(_("Present"), ""),
        *part(_("What was discussed"), "- "),
        *part(_("What was decided"), "- "),
        *part(_("To be done"), f"- [ ] {_('Who, what, until when')}"),
    ]


def schedule(today: str) -> list[str]:
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    head = row(_("Day of the week"), _("Time"), _("Service"), _("Who is in charge"))
    return [_("As of %(day)s") % {"day": today}, "", head, *(row(one, "", "", "") for one in days)]


def handover(today: str) -> list[str]:
    return [
        _("As of %(day)s") % {"day": today},
        *part(_("How things stand"), "- "),
        *part(_("To be careful about"), "- "),
        *part(_("To be done next"), f"- [ ] {_('What, until when')}"),
        *part(_("Whom to call"), row(_("Name"), _("Organization"), _("Telephone")), row("", "", "")),
    ]


def check_list(today: str) -> list[str]:
    return [_("As of %(day)s") % {"day": today}, "", *(f"- [ ] {_('Thing to do')} {nth}" for nth in (1, 2, 3))]


BEGINNINGS = (
    Beginning("minutes", gettext_lazy("Minutes"), "users", gettext_lazy("Minutes of the meeting"), minutes),
    Beginning("schedule", gettext_lazy("Schedule"), "calendar-days", gettext_lazy("Schedule of the week"), schedule),
    Beginning("handover", gettext_lazy("Handover"), "arrows-right-left", gettext_lazy("Handover"), handover),
    Beginning("tasks", gettext_lazy("Check list"), "clipboard-document-check", gettext_lazy("To be done"), check_list),
)


def beginning(key: str) -> dict[str, str]:
    """What a new note begins with; nothing where no form was chosen."""
    return next((one.filled() for one in BEGINNINGS if one.key == key), {})
