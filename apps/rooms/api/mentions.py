"""Whom one can call in a room, and the messages that call the caller, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import FIFTY
from apps.environments.requests import MemberApiRequest
from apps.rooms import queries
from apps.rooms.api.serializers import MessageSerializer
from apps.rooms.api.views import looked_at
from apps.rooms.frames import as_json
from apps.rooms.models import MentionKind


class CalleeSerializer(serializers.Serializer[Any]):
    """Somebody who can be called: write `@` and the name into the body of a message."""

    kind = serializers.ChoiceField(choices=MentionKind.choices)
    name = serializers.CharField(source="label")
    kana = serializers.CharField()
    note = serializers.CharField(help_text="Of a person the organization.")
    people = serializers.SerializerMethodField(help_text="How many that means.")

    def get_people(self, one: queries.Callee) -> int:
        return len(one.people)


class MentionableView(APIView):
    @extend_schema(operation_id="mentionable_list", responses=CalleeSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Who can be called in the room: everybody, people, organizations, and roles of the client's team."""
        room = looked_at(request, room_id)
        return Response(CalleeSerializer(queries.callable_in(request.member, room), many=True).data)


class MentionPageSerializer(serializers.Serializer[Any]):
    """One page of messages, and how many there are."""

    count = serializers.IntegerField()
    results = MessageSerializer(many=True)


class MentionsView(APIView):
    @extend_schema(operation_id="mentions_list", parameters=[FIFTY], responses=MentionPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The messages that call the caller and that they may read, the newest first."""
        found = queries.mentions_shown(request.member, request.query_params.get("page"))
        rooms = sorted({str(one.message.room_id) for one in found})
        audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": "mention", "rooms": rooms})
        results = [as_json(one.message, one.names, one.since, request.member.pk) for one in found]
        return Response({"count": found.paginator.count, "results": results})
