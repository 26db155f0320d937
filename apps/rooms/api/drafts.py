"""The caller's draft in a room, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import room_for
from apps.rooms.api.views import looked_at
from apps.rooms.models import Draft


class DraftSerializer(serializers.Serializer[Any]):
    """What the caller has begun to write: the same on all their devices, and nobody else's."""

    body = serializers.CharField(max_length=Draft.LONGEST, trim_whitespace=False, allow_blank=True)
    answers = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1, max_value=2**53)


class DraftView(APIView):
    @extend_schema(operation_id="draft_retrieve", responses=DraftSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """What stands there; an empty text where nothing does."""
        room = looked_at(request, room_id)
        found = queries.draft_in(request.member, room) or Draft(body="")
        return Response(DraftSerializer(found).data)

    @extend_schema(operation_id="draft_keep", request=DraftSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Keep it as it stands now; an empty text is none."""
        room = room_for(request.member, room_id)
        sent = DraftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.keep_draft(room=room, by=request.member, **sent.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="draft_forget", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """As if nothing had been begun."""
        actions.forget_draft(room=room_for(request.member, room_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
