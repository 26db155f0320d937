"""Makers of official records."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from apps.environments.models import Member
from apps.records.models import Attendee, Disclosure, Meeting, RecordLine, SupportRecord
from apps.rooms.models import TalkRoom


def make_record(room: TalkRoom, *, by: Member, number: int = 1, message_number: int = 1) -> SupportRecord:
    """A support record of one message of a client's room."""
    message = room.messages.get(number=message_number)
    around = {"environment": room.environment}
    record = SupportRecord.objects.create(
        client=room.client, room=room, number=number, planner=by.name, issued_by=by, **around
    )
    said = {"happened_at": message.posted_at, "person": by.name, "content": "記録"}
    heard = message.edited_at or message.posted_at
    RecordLine.objects.create(record=record, place=1, message=message, heard_at=heard, **said, **around)
    return record


def make_meeting(room: TalkRoom, *, by: Member, number: int = 1) -> Meeting:
    """A summary of a meeting about a room's client, with one who was there."""
    record = make_record(room, by=by, number=number)
    begins, around = record.issued_at, {"environment": room.environment}
    times = {"begins_at": begins, "ends_at": begins + timedelta(hours=1)}
    said = {"venue": "会議室", "topics": "議題", "conclusion": "結論"}
    meeting = Meeting.objects.create(record=record, **times, **said, **around)
    Attendee.objects.create(meeting=meeting, place=1, post="事業所", name=by.name, is_present=True, **around)
    return meeting


def make_disclosure(room: TalkRoom, *, by: Member) -> Disclosure:
    """A room that was packed to be handed over, as far as its row and some bytes go."""
    name = storages["disclosures"].save(f"{room.environment_id}/package", ContentFile(b"PK"))
    made = {"made_at": timezone.now(), "stored_as": name, "size": 2, "sha256": "0" * 64}
    why = {"ground": "person_of_office", "reference": "開示第1号", "addressee": "ご本人"}
    return Disclosure.objects.create(environment=room.environment, room=room, asked_by=by, **why, **made)
