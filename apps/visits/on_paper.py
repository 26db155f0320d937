"""A request as it stands on a sheet for a facility that has only a FAX, and what its ticked boxes say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _

from apps.kernel.templatetags.house import short_day
from apps.paper.blocks import Block, Choice, Heading, Paragraph, Ticks
from apps.paper.models import Scan, Sheet
from apps.paper.reading import Mark
from apps.visits.models import WHY_DECLINED, RequestSheet, Slot, Visit, VisitRequest

ANSWER, REASON = "1", "2"
# What is ticked beside the times, where none of them suits.
NONE = "none"


def blocks_of(visits: Iterable[Visit]) -> list[Block]:
    """Who would come, without a name, then what is answered; the key of a box is `1.<number>`, `1.none` or `2.<reason>`."""
    visits = list(visits)
    first = visits[0]
    facts = [(_("Age group"), first.get_age_group_display()), (_("What the facility should know"), first.need)]
    return [
        Paragraph(_("A family would like to see your facility. Please choose the time that suits you.")),
        Heading(_("Who would come")),
        *(Paragraph(_("%(head)s: %(words)s") % {"head": head, "words": words}) for head, words in facts if words),
        Heading(_("Your answer")),
        Ticks("1. " + _("When may the family come?"), tuple(Choice(f"{ANSWER}.{k}", w) for k, w in answers_of(visits))),
        Ticks(
            "2. " + _("Why does none of them suit you?"),
            tuple(Choice(f"{REASON}.{value}", str(words)) for value, words in WHY_DECLINED),
            _("Only where none of the times suits you."),
        ),
    ]


def answers_of(visits: Iterable[Visit]) -> list[tuple[str, str]]:
    """What can be answered, with its words."""
    times = [(str(visit.slot.proposal), time_said(visit.slot)) for visit in visits]
    return [*times, (NONE, str(_("None of these times")))]


def time_said(slot: Slot) -> str:
    first, last = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return f"{short_day(first)} {dated(first, 'H:i')}–{dated(last, 'H:i')}"


@dataclass(frozen=True)
class Told:
    """What the boxes of a sheet say, as a proposal, and the numbers of the questions that have to be looked at closely."""

    answer: str
    reason: str
    unsure: list[int]


def told_by(marks: Mapping[str, str]) -> Told:
    answers, is_answer_unsure = ticked(ANSWER, marks)
    reasons, is_reason_unsure = ticked(REASON, marks)
    is_clear = len(answers) == 1 and not is_answer_unsure
    is_declined = is_clear and answers[0] == NONE
    is_reason_clear = len(reasons) == 1 and not is_reason_unsure
    unsure = [1] * (not is_clear) + [2] * (is_declined and not is_reason_clear)
    return Told(answers[0] if is_clear else "", reasons[0] if is_reason_clear else "", unsure)


def ticked(question: str, marks: Mapping[str, str]) -> tuple[list[str], bool]:
    """The ticked boxes of a question, and whether another may be."""
    own = {key.partition(".")[2]: mark for key, mark in marks.items() if key.startswith(f"{question}.")}
    return [key for key, mark in own.items() if mark == Mark.TICKED], Mark.UNSURE in own.values()


def counting_sheet(request: VisitRequest) -> Sheet | None:
    """The last one that was printed."""
    found = RequestSheet.objects.filter(request=request, replaced_at=None).select_related("sheet").first()
    return found.sheet if found is not None else None


def request_of(sheet: Sheet) -> VisitRequest | None:
    """For which request a sheet was made; none, where it is of something else."""
    beside = ("request__facility__organization", "request__facility__kind", "request__asked_by__organization")
    found = RequestSheet.objects.filter(sheet=sheet).select_related(*beside, "request__environment").first()
    return found.request if found is not None else None


def path_of_sheet(sheet: Sheet) -> str:
    """Where an answer is entered while somebody reads it aloud."""
    request = request_of(sheet)
    return "" if request is None else path(request, "request")


def path_of_scan(scan: Scan) -> str:
    """Where what was read of a scan is compared and becomes the answer."""
    request = request_of(scan.sheet) if scan.sheet is not None else None
    return "" if request is None else path(request, "request_from_scan", scan_id=scan.pk)


def path(request: VisitRequest, name: str, **words: object) -> str:
    about = {"slug": request.environment.slug, "request_id": request.pk}
    return reverse(f"visits:{name}", kwargs=about | words)
