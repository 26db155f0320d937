"""What a family is shown: who looked, day by day, in words that need no dictionary; and what they have asked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.models import Member
from apps.oversight import wording
from apps.oversight.access import entries_for_family, family_questions_for
from apps.oversight.models import FamilyCode, FamilyPolicy, FamilyQuestion
from apps.oversight.queries.entries import EntryShown, people_in, shown


@dataclass(frozen=True)
class Line:
    """One person's looks of one day, for one purpose; `entry_id` is the first of them. No name where it is not told."""

    entry_id: int
    day: date
    organization: str
    organization_kana: str
    role: str
    name: str
    purpose: str
    question: FamilyQuestion | None


@dataclass(frozen=True)
class Asked:
    """A family's question with the entry it is about. No client is named."""

    question: FamilyQuestion
    about: EntryShown | None


def shows_names() -> bool:
    newest: FamilyPolicy | None = FamilyPolicy.objects.order_by("-pk").first()
    return newest is not None and newest.shows_names


def lines_for(code: FamilyCode) -> list[Line]:
    """Newest day first; all of them, however many."""
    days = entries_for_family(code).annotate(day=TruncDate("recorded_at", tzinfo=timezone.get_current_timezone()))
    told = days.order_by().values_list("day", "member_id", "purpose").annotate(first=Min("pk"))
    rows = sorted(told, key=lambda row: (row[0], row[3]), reverse=True)
    people = people_in({row[1] for row in rows})
    questions = {one.entry_id: one for one in FamilyQuestion.objects.filter(code=code)}
    names = shows_names()
    return [
        line(row[3], row[0], people[row[1]], row[2], questions.get(row[3]), names) for row in rows if row[1] in people
    ]


def line(entry_id: int, day: date, person: Member, purpose: str, question: FamilyQuestion | None, named: bool) -> Line:
    body = person.organization
    role = str(person.get_profession_display())
    name = person.name if named else ""
    return Line(entry_id, day, body.name, body.kana, role, name, wording.purpose(purpose), question)


def family_asked(reader: Member) -> list[Asked]:
    """What waits for an answer, due first; then what was answered."""
    questions = sorted(family_questions_for(reader), key=lambda one: (one.answered_at is not None, one.due_at))
    entries = {one.pk: one for one in Entry.objects.filter(pk__in=[one.entry_id for one in questions])}
    told = {one.entry.pk: one for one in shown(list(entries.values()))}
    return [Asked(one, told.get(one.entry_id)) for one in questions]
