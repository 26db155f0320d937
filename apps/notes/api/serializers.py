"""What programs are told of notes, and what they may send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.environments.names import Names
from apps.kernel.my_number import no_individual_number
from apps.notes.forms import MOST
from apps.notes.models import Note, NoteVersion, VersionKind
from apps.notes.wording import checks_of
from apps.rooms.api.serializers import AuthorSerializer


class CheckSerializer(serializers.Serializer[Any]):
    """A line that can be ticked; `number` is its place among those of this version."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    is_done = serializers.BooleanField()


class NoteVersionSerializer(serializers.Serializer[Any]):
    """One version. `names` of the context say whom the caller may be told of."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=VersionKind.choices)
    returned_to = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    reason = serializers.CharField()
    written_at = serializers.DateTimeField()
    written_by = serializers.SerializerMethodField()

    @extend_schema_field(AuthorSerializer)
    def get_written_by(self, version: NoteVersion) -> Any:
        names: Names = self.context["names"]
        return AuthorSerializer(names.of(version.written_by)).data


class WholeVersionSerializer(NoteVersionSerializer):
    """A version with its text, as it was typed, and the lines of it that can be ticked."""

    body = serializers.CharField()
    checks = serializers.SerializerMethodField()

    @extend_schema_field(CheckSerializer(many=True))
    def get_checks(self, version: NoteVersion) -> Any:
        return CheckSerializer(checks_of(version.body), many=True).data


class NoteSerializer(serializers.Serializer[Any]):
    """A note in the list, and which version of it is the newest."""

    number = serializers.IntegerField()
    title = serializers.CharField(source="newest.title")
    version = serializers.IntegerField(source="newest.number")
    begun_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(source="newest.written_at")
    is_pinned = serializers.BooleanField()
    is_archived = serializers.BooleanField()


class WholeNoteSerializer(NoteSerializer):
    """A note as it stands now."""

    newest = serializers.SerializerMethodField()

    @extend_schema_field(WholeVersionSerializer)
    def get_newest(self, note: Note) -> Any:
        return WholeVersionSerializer(note.newest, context=self.context).data


class NewNoteSerializer(serializers.Serializer[Any]):
    """A note's first words. `is_sure`: its author was told that it seems to be meant for another room, and is sure."""

    title = serializers.CharField(max_length=NoteVersion.LONGEST_TITLE, validators=[no_individual_number])
    body = serializers.CharField(
        max_length=NoteVersion.LONGEST,
        allow_blank=True,
        trim_whitespace=False,
        validators=[no_individual_number],
        help_text="`# ` begins a heading, `| a | b |` a row of a table, `- [ ] ` and `- [x] ` a line to be ticked.",
    )
    is_sure = serializers.BooleanField(default=False)


class NextNoteSerializer(NewNoteSerializer):
    """The next version, on top of `version`: where that is not the newest any more, the answer is 409."""

    version = serializers.IntegerField(min_value=1, max_value=MOST)
    reason = serializers.CharField(
        max_length=NoteVersion.LONGEST_REASON, required=False, allow_blank=True, validators=[no_individual_number]
    )


class TickSerializer(serializers.Serializer[Any]):
    """Which line of which version is ticked, or is so no more."""

    version = serializers.IntegerField(min_value=1, max_value=MOST)
    item = serializers.IntegerField(min_value=1, max_value=MOST, help_text="The line's number among `checks`.")
    is_done = serializers.BooleanField()


class ReturnSerializer(serializers.Serializer[Any]):
    """On top of which version an earlier one is to stand again."""

    expected = serializers.IntegerField(min_value=1, max_value=MOST)
