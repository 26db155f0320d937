"""The caller's own marks, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import FIFTY
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.api.serializers import DoneSerializer, MarkedSerializer
from apps.rooms.frames import as_json
from apps.rooms.models import MarkKind


class MarkedPageSerializer(serializers.Serializer[Any]):
    """One page of marked messages, and how many there are."""

    count = serializers.IntegerField()
    results = MarkedSerializer(many=True)


def told(request: MemberApiRequest, kind: MarkKind) -> dict[str, Any]:
    """A page of the caller's marks of a kind, written down as a look at their rooms."""
    found = queries.marks_shown(request.member, kind, request.query_params.get("page"))
    rooms = sorted({str(one.message.room_id) for one in found})
    audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": str(kind), "rooms": rooms})
    results = [
        {
            "message": as_json(one.message, one.names, one.since, request.member.pk),
            "marked_at": one.mark.marked_at.isoformat(),
            "done_at": one.mark.done_at and one.mark.done_at.isoformat(),
        }
        for one in found
    ]
    return {"count": found.paginator.count, "results": results}


class TodosView(APIView):
    @extend_schema(operation_id="todos_list", parameters=[FIFTY], responses=MarkedPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller has marked as to do: open ones first."""
        return Response(told(request, MarkKind.TO_DO))


class BookmarksView(APIView):
    @extend_schema(operation_id="bookmarks_list", parameters=[FIFTY], responses=MarkedPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller wants to find again."""
        return Response(told(request, MarkKind.BOOKMARK))


class TodoView(APIView):
    @extend_schema(operation_id="todo_set", request=DoneSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """It is to do for the caller, or, with `is_done`, done. Reading the message changes nothing of it."""
        message = message_for(request.member, room_id, message_number)
        sent = DoneSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if sent.validated_data["is_done"]:
            actions.finish(message=message, by=request.member)
        else:
            actions.mark_message(message=message, kind=MarkKind.TO_DO, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="todo_forget", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """As if it had never been marked."""
        message = message_for(request.member, room_id, message_number)
        actions.unmark_message(message=message, kind=MarkKind.TO_DO, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class BookmarkView(APIView):
    @extend_schema(operation_id="bookmark_set", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """The caller wants to find it again."""
        message = message_for(request.member, room_id, message_number)
        actions.mark_message(message=message, kind=MarkKind.BOOKMARK, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="bookmark_forget", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """As if it had never been marked."""
        message = message_for(request.member, room_id, message_number)
        actions.unmark_message(message=message, kind=MarkKind.BOOKMARK, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
