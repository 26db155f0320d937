"""The files of rooms for programs: the same doors, the same entries in the ledger."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest
from apps.files.models import FileState, StoredFile
from apps.files.queries import why_refused
from apps.rooms import queries
from apps.rooms.access import attachment_for, room_for
from apps.rooms.api.serializers import AuthorSerializer
from apps.rooms.frames import as_author
from apps.rooms.models import Attachment
from apps.rooms.taking_out import taken_out
from apps.rooms.views.doors import look


class CarePlanSerializer(serializers.Serializer[Any]):
    """What the name of a file of ケアプランデータ連携 says; offices by their ten digits."""

    kind = serializers.CharField()
    month = serializers.DateField()
    sender = serializers.CharField()
    receiver = serializers.CharField()


class RoomFileSerializer(serializers.Serializer[Any]):
    """A file of a message: `file` is its place there, from 1."""

    message = serializers.IntegerField(source="message.number")
    file = serializers.IntegerField(source="place")
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")
    content_type = serializers.CharField(source="file.content_type")
    kind = serializers.CharField(source="file.kind")
    pages = serializers.IntegerField(source="file.pages")
    state = serializers.ChoiceField(source="file.state", choices=FileState.choices)
    sentence = serializers.SerializerMethodField(help_text="Why it was not kept.")
    scanned_at = serializers.DateTimeField(source="file.scanned_at", allow_null=True)
    posted_at = serializers.DateTimeField(source="message.posted_at")
    author = serializers.SerializerMethodField()
    care_plan = CarePlanSerializer(source="file.care_plan", allow_null=True)

    def get_sentence(self, attachment: Attachment) -> str:
        file: StoredFile = attachment.file
        return why_refused(file) if file.reason else ""

    @extend_schema_field(AuthorSerializer)
    def get_author(self, attachment: Attachment) -> dict[str, Any]:
        return as_author(attachment.message.author, self.context["names"])


class RoomFilesView(APIView):
    @extend_schema(operation_id="room_files_list", responses=RoomFileSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """The files of a room that the caller may open, the newest first: at most 500."""
        room = room_for(request.member, room_id)
        look(request, room)
        found = queries.files_of_room(request.member, room)[:500]
        context = {"names": names_beside(request.member, room.client)}
        return Response(RoomFileSerializer(found, many=True, context=context).data)


class RoomFileView(APIView):
    @extend_schema(operation_id="room_files_retrieve", responses=RoomFileSerializer)
    def get(
        self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int, file_number: int
    ) -> Response:
        """One file, without its bytes: those are at `content/`."""
        room = room_for(request.member, room_id)
        attachment = attachment_for(request.member, room, message_number, file_number)
        audit.looked(verb="rooms.file_opened", by=request.member, subject=attachment, client=room.client)
        context = {"names": names_beside(request.member, room.client)}
        return Response(RoomFileSerializer(attachment, context=context).data)


class RoomFileContentView(APIView):
    @extend_schema(
        operation_id="room_files_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(
        self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int, file_number: int
    ) -> HttpResponseBase:
        """The bytes, marked where the environment says so."""
        room = room_for(request.member, room_id)
        attachment = attachment_for(request.member, room, message_number, file_number)
        answer = taken_out(request._request, attachment, by=request.member)
        audit.record(verb="rooms.file_downloaded", by=request.member, subject=attachment, client=room.client)
        return answer
