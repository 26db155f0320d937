"""Issue a record, and its next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.records.access import check_can_record, record_for
from apps.records.models import Attendee, Meeting, RecordLine, SupportRecord, told_at
from apps.records.queries import messages_chosen
from apps.records.refusals import (
    ChangedMeanwhile,
    EndsBeforeItBegins,
    NobodyCame,
    NothingChosen,
    OnAnotherForm,
    TooManyAttendees,
    TooManyLines,
)
from apps.rooms.models import TalkRoom

MOST_LINES = 100
MOST_ATTENDEES = 40


@dataclass(frozen=True)
class Line:
    """What is to stand in a line: of which message, as of when, and how it is told."""

    number: int
    heard_at: datetime
    happened_at: datetime
    method: str
    person: str
    content: str


@dataclass(frozen=True)
class Person:
    """Somebody who was at a meeting, or was asked in writing because they could not come."""

    post: str
    name: str
    is_present: bool


@dataclass(frozen=True)
class Held:
    """What a meeting's summary says beside its lines."""

    begins_at: datetime
    ends_at: datetime
    venue: str
    occasion: int
    client_attended: bool
    family: str
    note: str
    topics: str
    conclusion: str
    remaining: str
    people: Sequence[Person]


@transaction.atomic
def issue_record(
    *, room: TalkRoom, planner: str, lines: Sequence[Line], meeting: Held | None = None, by: Member
) -> SupportRecord:
    """Make an official record of messages of a client's room: of a meeting where one is told, else of the progress. The
    messages stay as they are, whatever the lines say."""
    room = check_can_record(by, room)
    client = locked(room)

    highest = SupportRecord.objects.filter(client=client).aggregate(highest=Max("number"))["highest"]
    record = issued(room, number=(highest or 0) + 1, version=1, planner=planner, lines=lines, by=by)
    return noted(record, meeting, lines, by=by)


@transaction.atomic
def renew_record(
    *, record: SupportRecord, planner: str, lines: Sequence[Line], meeting: Held | None = None, by: Member
) -> SupportRecord:
    """Issue the next version of a record, on the same form. Those before it stay to be read."""
    if record.is_of_meeting != (meeting is not None):
        raise OnAnotherForm(subject=record.client, client_id=record.client_id)
    room = check_can_record(by, record.room)
    client = locked(room)

    newest = record_for(by, client, record.number)
    again = issued(room, number=newest.number, version=newest.version + 1, planner=planner, lines=lines, by=by)
    return noted(again, meeting, lines, by=by)


def locked(room: TalkRoom) -> Client:
    """The client of the room; two who issue at once come one after the other."""
    assert room.client is not None
    client: Client = Client.objects.select_for_update(of=("self",)).get(pk=room.client.pk)
    return client


def issued(
    room: TalkRoom, *, number: int, version: int, planner: str, lines: Sequence[Line], by: Member
) -> SupportRecord:
    if not lines:
        raise NothingChosen(subject=room, client_id=room.client_id)
    if len(lines) > MOST_LINES:
        raise TooManyLines(subject=room, client_id=room.client_id)
    messages = {one.number: one for one in messages_chosen(by, room, [line.number for line in lines])}
    around = {"environment": room.environment, "client": room.client, "room": room}
    record = SupportRecord.objects.create(number=number, version=version, planner=planner, issued_by=by, **around)
    told = []
    for place, line in enumerate(lines, start=1):
        message = messages.get(line.number)
        if message is None:
            raise NotHere(subject=room, client_id=room.client_id)
        if told_at(message) != line.heard_at:
            raise ChangedMeanwhile(subject=room, client_id=room.client_id)
        said = {"happened_at": line.happened_at, "method": line.method, "person": line.person, "content": line.content}
        about = {"environment": room.environment, "record": record, "message": message, "heard_at": line.heard_at}
        told.append(RecordLine(place=place, **about, **said))
    RecordLine.objects.bulk_create(told)
    return record


def noted(record: SupportRecord, meeting: Held | None, lines: Sequence[Line], *, by: Member) -> SupportRecord:
    """The record with what its meeting was, and its entry in the ledger: numbers, never words."""
    if meeting is not None:
        hold(record, meeting)
    detail = {
        "room": str(record.room_id),
        "form": "meeting" if meeting else "progress",
        "number": record.number,
        "version": record.version,
        "messages": [line.number for line in lines],
    }
    audit.record(verb="records.issued", subject=record, client=record.client, by=by, detail=detail)
    return record


def hold(record: SupportRecord, held: Held) -> None:
    if not any(person.is_present for person in held.people):
        raise NobodyCame(subject=record.room, client_id=record.client_id)
    if len(held.people) > MOST_ATTENDEES:
        raise TooManyAttendees(subject=record.room, client_id=record.client_id)
    if held.ends_at <= held.begins_at:
        raise EndsBeforeItBegins(subject=record.room, client_id=record.client_id)
    told = {name: value for name, value in vars(held).items() if name != "people"}
    meeting = Meeting.objects.create(environment=record.environment, record=record, **told)
    Attendee.objects.bulk_create(
        Attendee(environment=record.environment, meeting=meeting, place=place, **vars(person))
        for place, person in enumerate(held.people, start=1)
    )
