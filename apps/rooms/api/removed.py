"""Deleted messages, for an auditor's inspection of a client: the doors and entries of the page."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import inspection_for, names_of_hands_beside
from apps.clients.models import Inspection
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.rooms import queries
from apps.rooms.access import removed_about, removed_message_in
from apps.rooms.api.serializers import AuthorSerializer, VersionSerializer
from apps.rooms.frames import as_author
from apps.rooms.models import Message
from apps.rooms.views.removed import record_reading


class RemovedSerializer(serializers.Serializer[Any]):
    """A deleted message without a word of it; names as they are told beside the client (`names` of the context)."""

    room = serializers.UUIDField(source="room_id")
    message = serializers.IntegerField(source="number")
    posted_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField()
    author = serializers.SerializerMethodField()
    removed_by = serializers.SerializerMethodField()

    @extend_schema_field(AuthorSerializer)
    def get_author(self, message: Message) -> Any:
        return as_author(message.author, self.context["names"])

    @extend_schema_field(AuthorSerializer)
    def get_removed_by(self, message: Message) -> Any:
        # The database keeps it: a removed message says by whom.
        return None if message.removed_by is None else as_author(message.removed_by, self.context["names"])


class RemovedPageSerializer(serializers.Serializer[Any]):
    """One page of deleted messages, the last deleted first, and how many there are."""

    count = serializers.IntegerField()
    results = RemovedSerializer(many=True)


class RemovedTextSerializer(serializers.Serializer[Any]):
    """What a deleted message said, its first version first, and what its files were called."""

    message = RemovedSerializer()
    versions = VersionSerializer(many=True)
    files = serializers.ListField(child=serializers.CharField())


def inspected(request: MemberApiRequest, client_id: UUID) -> tuple[Inspection, dict[str, Any]]:
    """The caller's open inspection, which is a look, and how names are told in it."""
    inspection = inspection_for(request.member, client_id)
    audit.opened(inspection.client, by=request.member, subject=inspection, purpose=inspection.purpose)
    return inspection, {"names": names_of_hands_beside(request.member, inspection.client)}


class RemovedView(APIView):
    @extend_schema(operation_id="removed_messages_list", parameters=[PAGE], responses=RemovedPageSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Which messages were deleted in the rooms about a client, while the caller's inspection of them lasts."""
        inspection, context = inspected(request, client_id)
        page = page_of(request, removed_about(request.member, inspection))
        return Response(RemovedPageSerializer(page, context=context).data)


class RemovedTextView(APIView):
    @extend_schema(operation_id="removed_messages_retrieve", responses=RemovedTextSerializer)
    def get(
        self, request: MemberApiRequest, slug: str, client_id: UUID, room_id: UUID, message_number: int
    ) -> Response:
        """What one of them said. Each time is an entry of the ledger; a text whose retention has ended says when."""
        inspection, context = inspected(request, client_id)
        message = removed_message_in(request.member, inspection, room_id, message_number)
        record_reading(request, inspection, message)
        return Response(RemovedTextSerializer(queries.removed_shown(message), context=context).data)
