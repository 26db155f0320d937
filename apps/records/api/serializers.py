"""What programs are told of records, and what they may send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.kernel.my_number import no_individual_number
from apps.records import queries
from apps.records.actions import MOST_LINES, Held, Person
from apps.records.models import Meeting, Method, RecordLine, SupportRecord


class LineSerializer(serializers.Serializer[Any]):
    """One line, and whether its message was edited or deleted after the line was made of it."""

    message = serializers.IntegerField(source="message.number")
    happened_at = serializers.DateTimeField()
    method = serializers.ChoiceField(choices=Method.choices)
    person = serializers.CharField()
    content = serializers.CharField()
    is_overtaken = serializers.BooleanField()


class AttendeeSerializer(serializers.Serializer[Any]):
    """Somebody who was at a meeting, or was asked in writing because they could not come."""

    post = serializers.CharField(max_length=160, validators=[no_individual_number])
    name = serializers.CharField(max_length=80, allow_blank=True, validators=[no_individual_number])
    is_present = serializers.BooleanField()


class MeetingSerializer(serializers.Serializer[Any]):
    """What a meeting's summary（第4表） says beside its lines."""

    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    venue = serializers.CharField(max_length=120, validators=[no_individual_number])
    occasion = serializers.IntegerField(min_value=1, max_value=999)
    client_attended = serializers.BooleanField()
    family = serializers.CharField(max_length=160, allow_blank=True, validators=[no_individual_number])
    note = serializers.CharField(max_length=400, allow_blank=True, validators=[no_individual_number])
    topics = serializers.CharField(max_length=Meeting.LONGEST, validators=[no_individual_number])
    conclusion = serializers.CharField(max_length=Meeting.LONGEST, validators=[no_individual_number])
    remaining = serializers.CharField(max_length=Meeting.LONGEST, allow_blank=True, validators=[no_individual_number])
    people = AttendeeSerializer(many=True, source="attendees")


class RecordSerializer(serializers.Serializer[Any]):
    """A record. Its room is told to whoever reads that room: `rooms` of the context."""

    number = serializers.IntegerField()
    version = serializers.IntegerField()
    room = serializers.SerializerMethodField(help_text="Null for whoever does not read the room.")
    planner = serializers.CharField()
    issued_at = serializers.DateTimeField()
    is_of_meeting = serializers.BooleanField(help_text="Whether it is a 第4表; else it is a 第5表.")

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_room(self, record: SupportRecord) -> str | None:
        return str(record.room_id) if record.room_id in self.context["rooms"] else None


class WholeRecordSerializer(RecordSerializer):
    """A record with its lines, and of a 第4表 the meeting."""

    lines = serializers.SerializerMethodField()
    meeting = serializers.SerializerMethodField()

    @extend_schema_field(LineSerializer(many=True))
    def get_lines(self, record: SupportRecord) -> Any:
        return LineSerializer(queries.shown(record).lines, many=True).data

    @extend_schema_field(MeetingSerializer(allow_null=True))
    def get_meeting(self, record: SupportRecord) -> Any:
        return MeetingSerializer(record.meeting).data if record.is_of_meeting else None


class NewLineSerializer(serializers.Serializer[Any]):
    """A message and how it is told; what is left out stands as the message says it."""

    message = serializers.IntegerField(min_value=1, max_value=2**53)
    happened_at = serializers.DateTimeField(required=False)
    method = serializers.ChoiceField(choices=Method.choices, required=False)
    person = serializers.CharField(max_length=160, required=False)
    content = serializers.CharField(max_length=RecordLine.LONGEST, required=False, validators=[no_individual_number])


class NewMeetingSerializer(MeetingSerializer):
    """A meeting as it is told: what is left out is empty."""

    family = serializers.CharField(max_length=160, default="", allow_blank=True, validators=[no_individual_number])
    note = serializers.CharField(max_length=400, default="", allow_blank=True, validators=[no_individual_number])
    remaining = serializers.CharField(
        max_length=Meeting.LONGEST, default="", allow_blank=True, validators=[no_individual_number]
    )
    people = AttendeeSerializer(many=True, allow_empty=False)


def held(told: dict[str, Any] | None) -> Held | None:
    """What the verb is told of a meeting; nothing where there is none."""
    if told is None:
        return None
    return Held(**{**told, "people": [Person(**one) for one in told["people"]]})


class NewVersionSerializer(serializers.Serializer[Any]):
    """The next version of a record, on the form of the one before: with a meeting for a 第4表, without one for a 第5表."""

    planner = serializers.CharField(max_length=80)
    lines = serializers.ListField(child=NewLineSerializer(), allow_empty=False, max_length=MOST_LINES)
    meeting = NewMeetingSerializer(required=False)


class NewRecordSerializer(NewVersionSerializer):
    """A record of messages of one of the client's rooms: a 第4表 where a meeting is told, else a 第5表."""

    room = serializers.UUIDField()
