"""Search in messages, for programs: the same rule, the same entries in the ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.rooms.api.serializers import AuthorSerializer, MessageSerializer
from apps.rooms.frames import as_author, as_json
from apps.rooms.queries import FoundMessages, Part, Sought
from apps.rooms.views.searching import searched


class SearchSerializer(serializers.Serializer[Any]):
    """All words of `q`, in any order, whatever their width, kana or variant kanji; days are both included."""

    q = serializers.CharField(max_length=100)
    room = serializers.UUIDField(required=False, allow_null=True, default=None)
    client = serializers.UUIDField(required=False, allow_null=True, default=None)
    author = serializers.UUIDField(required=False, allow_null=True, default=None)
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    before = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**63 - 1,
        help_text="As the page before said.",
    )

    def sought(self) -> Sought:
        told = dict(self.validated_data)
        return Sought(typed=told.pop("q"), **told)


class PartSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_hit = serializers.BooleanField()


class HitSerializer(serializers.Serializer[Any]):
    """A message, where in it the words stand, and which names of its files say them."""

    message = MessageSerializer()
    excerpt = PartSerializer(many=True)
    files = serializers.ListField(child=PartSerializer(many=True))


class NoteHitSerializer(serializers.Serializer[Any]):
    """A note whose title or present text says the words; its author is who wrote that text."""

    room = serializers.UUIDField()
    note = serializers.IntegerField(help_text="Its number in the room.")
    title = PartSerializer(many=True)
    excerpt = PartSerializer(many=True)
    author = AuthorSerializer()
    written_at = serializers.DateTimeField()
    is_archived = serializers.BooleanField()


class FoundSerializer(serializers.Serializer[Any]):
    """A page of hits, the newest first; ask again with `before` until it is null."""

    hits = HitSerializer(many=True)
    before = serializers.IntegerField(allow_null=True)
    is_behind = serializers.BooleanField(help_text="So much is new that not all of it could be looked at yet.")
    also = serializers.ListField(child=serializers.CharField(), help_text="Names that are read as a word of `q`.")
    notes = NoteHitSerializer(many=True, help_text="With the first page: at most 20, the last written first.")
    has_more_notes = serializers.BooleanField()


class SearchView(APIView):
    @extend_schema(operation_id="messages_search", request=SearchSerializer, responses=FoundSerializer)
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Find messages and notes of the rooms that the caller reads now."""
        sent = SearchSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(told(searched(request, sent.sought()), request.member.pk))


def told(found: FoundMessages, reader: UUID) -> dict[str, Any]:
    hits = [
        {
            "message": as_json(one.message, one.names, one.since, reader),
            "excerpt": as_parts(one.excerpt),
            "files": [as_parts(parts) for parts in one.files],
        }
        for one in found.hits
    ]
    notes = [
        {
            "room": one.room.pk,
            "note": one.number,
            "title": as_parts(one.title),
            "excerpt": as_parts(one.excerpt),
            "author": as_author(one.author, one.names),
            "written_at": one.written_at,
            "is_archived": one.is_archived,
        }
        for one in found.notes
    ]
    about = {"before": found.before, "is_behind": found.is_behind, "also": found.also}
    return {"hits": hits, **about, "notes": notes, "has_more_notes": found.has_more_notes}


def as_parts(parts: list[Part]) -> list[dict[str, Any]]:
    return [{"text": part.text, "is_hit": part.is_hit} for part in parts]
