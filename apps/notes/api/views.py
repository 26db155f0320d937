"""Notes for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest
from apps.notes import actions, queries
from apps.notes.access import check_can_write_note, note_for, version_for
from apps.notes.api.serializers import (
    NewNoteSerializer,
    NextNoteSerializer,
    NoteSerializer,
    NoteVersionSerializer,
    ReturnSerializer,
    TickSerializer,
    WholeNoteSerializer,
    WholeVersionSerializer,
)
from apps.notes.models import Note
from apps.notes.views.doors import look_at
from apps.rooms.access import check_can_post, room_for
from apps.rooms.models import TalkRoom
from apps.rooms.views.doors import look


def names(request: MemberApiRequest, room: TalkRoom) -> dict[str, Any]:
    return {"names": names_beside(request.member, room.client)}


def looked_at(request: MemberApiRequest, room_id: UUID, number: int) -> Note:
    note = note_for(request.member, room_id, number)
    look_at(request, note)
    return note


def whole(request: MemberApiRequest, note: Note, status_code: int = status.HTTP_200_OK) -> Response:
    """The note as it stands now."""
    note = note_for(request.member, note.room_id, note.number)
    return Response(WholeNoteSerializer(note, context=names(request, note.room)).data, status=status_code)


def belonging(request: MemberApiRequest, room: TalkRoom, told: dict[str, Any]) -> dict[str, Any]:
    """What is to be written, once it is sure that it belongs in this room."""
    is_sure = told.pop("is_sure")
    actions.check_belongs(room=room, title=told["title"], body=told["body"], is_sure=is_sure, by=request.member)
    return told


class NotesView(APIView):
    @extend_schema(
        operation_id="notes_list",
        parameters=[OpenApiParameter("archived", bool, description="Those that were put away.")],
        responses=NoteSerializer(many=True),
    )
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """The notes of a room, pinned ones first: at most 200."""
        room = room_for(request.member, room_id)
        look(request, room)
        archived = request.GET.get("archived") in {"1", "true"}
        rows = queries.listed(request.member, room, archived=archived)
        return Response(NoteSerializer([row.note for row in rows], many=True).data)

    @extend_schema(operation_id="notes_create", request=NewNoteSerializer, responses={201: WholeNoteSerializer})
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Begin a note. 409 where the text seems to name somebody else than the room's client."""
        room = room_for(request.member, room_id)
        check_can_post(request.member, room)
        sent = NewNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = belonging(request, room, sent.validated_data)
        note = actions.begin_note(room=room, by=request.member, **told)
        return whole(request, note, status.HTTP_201_CREATED)


class NoteView(APIView):
    @extend_schema(operation_id="notes_retrieve", responses=WholeNoteSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """What it says now."""
        return whole(request, looked_at(request, room_id, note_number))

    @extend_schema(operation_id="notes_save", request=NextNoteSerializer, responses=WholeNoteSerializer)
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Save the next version. 409 (`note_saved_meanwhile`) where somebody saved one after the version that was read."""
        note = note_for(request.member, room_id, note_number)
        check_can_write_note(request.member, note)
        sent = NextNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = belonging(request, note.room, sent.validated_data)
        actions.save_note(note=note, expected=told.pop("version"), by=request.member, **told)
        return whole(request, note)


class TicksView(APIView):
    @extend_schema(operation_id="notes_tick", request=TickSerializer, responses=WholeNoteSerializer)
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Tick a line of the version that was read, or take its tick away; what others ticked meanwhile stays."""
        note = note_for(request.member, room_id, note_number)
        check_can_write_note(request.member, note)
        sent = TickSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        actions.tick(note=note, seen=told["version"], item=told["item"], is_done=told["is_done"], by=request.member)
        return whole(request, note)


class PinView(APIView):
    @extend_schema(operation_id="notes_pin", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Keep it at the head of the room's notes, for everybody there."""
        actions.pin_note(note=looked_at(request, room_id, note_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="notes_unpin", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Let it stand where the others stand."""
        actions.unpin_note(note=looked_at(request, room_id, note_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class NoteArchiveView(APIView):
    @extend_schema(operation_id="notes_archive", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Put it away: it is read, and not changed."""
        actions.archive_note(note=looked_at(request, room_id, note_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="notes_restore", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Take it out of the archive."""
        actions.restore_note(note=looked_at(request, room_id, note_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class VersionsView(APIView):
    @extend_schema(operation_id="note_versions_list", responses=NoteVersionSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Its versions, the newest first: at most 500."""
        note = looked_at(request, room_id, note_number)
        found = queries.versions_of(note)[:500]
        return Response(NoteVersionSerializer(found, many=True, context=names(request, note.room)).data)


class VersionView(APIView):
    @extend_schema(operation_id="note_versions_retrieve", responses=WholeVersionSerializer)
    def get(
        self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int, version_number: int
    ) -> Response:
        """What it said then."""
        note = looked_at(request, room_id, note_number)
        found = version_for(note, version_number)
        return Response(WholeVersionSerializer(found, context=names(request, note.room)).data)


class ReturnView(APIView):
    @extend_schema(operation_id="note_versions_return", request=ReturnSerializer, responses=WholeNoteSerializer)
    def post(
        self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int, version_number: int
    ) -> Response:
        """Let the note say again what this version said: as its next one."""
        note = looked_at(request, room_id, note_number)
        check_can_write_note(request.member, note)
        found = version_for(note, version_number)
        sent = ReturnSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.return_to(note=note, version=found, expected=sent.validated_data["expected"], by=request.member)
        return whole(request, note)
