"""The board of free places on A4: the newest answer of every facility that was found, with its age."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.facilities.queries import Board, Row
from apps.facilities.wording import Table, confirmed
from apps.kernel.print import pdf
from apps.kernel.templatetags.house import moment, short_day


def board_pdf(board: Board, environment: str) -> bytes:
    """As the board shows it, in its order. What is older than two weeks is grey, and says so in words."""
    told = {
        "title": _("Free places"),
        "where": environment,
        "stamp": _("As of %(moment)s") % {"moment": moment(timezone.now())},
        "heads": [_("Facility"), _("Free places"), _("Besides")],
        "legend": [
            f"○ {_('Places free')}",
            f"△ {_('Talk to us')}",
            f"× {_('Full')}",
            _("Digits: so many places"),
        ],
        "rows": [row_said(row) for row in board.rows],
        "none": _("No facility fits all of this."),
    }
    return pdf("facilities", "board", told)


def row_said(row: Row) -> dict[str, Any]:
    facility = row.facility
    return {
        "name": facility.name,
        "facts": [str(facility.kind.name), *filter(None, [phone_said(facility.phone), fax_said(facility.fax)])],
        "age": age_said(row),
        "is_old": row.is_old,
        "tables": [table_said(one) for one in row.tables],
        "besides": besides(row),
    }


def phone_said(number: str) -> str:
    return _("Phone %(number)s") % {"number": number} if number else ""


def fax_said(number: str) -> str:
    return _("FAX %(number)s") % {"number": number} if number else ""


def age_said(row: Row) -> str:
    if row.answer is None:
        return _("Never answered")
    if row.answer.is_hidden:
        return f"{confirmed(row.answer)} · {_('too old to rely on')}"
    return f"{confirmed(row.answer)} · {_('please ask again')}" if row.is_old else confirmed(row.answer)


def table_said(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "heads": table.heads,
        "lines": [{"name": line.name, "signs": [cell.sign for cell in line.cells]} for line in table.lines],
    }


def besides(row: Row) -> list[str]:
    """What was said beside the free places, a line each."""
    said = [f"{_('Fetches from')}: {'・'.join(row.districts)}"] if row.districts else []
    answer = row.answer
    if answer is not None:
        if answer.from_when:
            said.append(_("From %(day)s") % {"day": short_day(answer.from_when)})
        if answer.visit_times:
            said.append(f"{_('To come and look:')} {answer.visit_times}")
        said += filter(None, [answer.remarks])
    return said
