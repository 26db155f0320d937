"""Rooms and messages for programs: the same doors, the same actions."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import client_for, names_beside
from apps.environments.models import Member
from apps.environments.names import names_shown_to
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import people_chosen, room_for
from apps.rooms.api.serializers import (
    MessagesSerializer,
    NewRoomSerializer,
    PostedSerializer,
    PostSerializer,
    ReadMarkSerializer,
    RoomSerializer,
)
from apps.rooms.frames import as_json
from apps.rooms.models import RoomKind, TalkRoom
from apps.rooms.views.messages import number_in
from apps.rooms.views.rooms import look

AFTER = OpenApiParameter("after", OpenApiTypes.INT64, description="Only messages with a higher number, oldest first.")
SHOW = OpenApiParameter("show", enum=[one.value for one in queries.Show], description="Which rooms: the open ones.")
BEFORE = OpenApiParameter("before", OpenApiTypes.INT64, description="The page before this number.")


class RoomsView(APIView):
    @extend_schema(operation_id="rooms_list", parameters=[SHOW], responses=RoomSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The rooms the caller may read now, unread ones first; archived ones only where they are asked for."""
        shown = queries.shown_of(request.query_params.get("show", ""))
        rooms = list(queries.room_rows(request.member, shown))
        audit.looked(verb="rooms.listed", by=request.member, detail={"rooms": [str(one.pk) for one in rooms]})
        return Response(RoomSerializer(rooms, many=True, context=around(request)).data)

    @extend_schema(operation_id="rooms_create", request=NewRoomSerializer, responses={201: RoomSerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Open a room. A talk of two that there is already is opened again, and answered alike."""
        sent = NewRoomSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        room = opened(request.member, **sent.validated_data)
        return Response(one_row(request, room), status=status.HTTP_201_CREATED)


class RoomView(APIView):
    @extend_schema(operation_id="rooms_retrieve", responses=RoomSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """One room."""
        room = looked_at(request, room_id)
        return Response(one_row(request, room))


def opened(member: Member, **told: Any) -> TalkRoom:
    """As the kind says, by the verb of that kind."""
    if told["kind"] == RoomKind.CLIENT:
        client = client_for(member, told["client"])
        return actions.open_client_room(client=client, title=told["title"], purpose=told["purpose"], by=member)
    people = people_chosen(member, told.pop("members"))
    if told["kind"] == RoomKind.PAIR:
        return actions.open_pair(other=people[0], by=member)
    told.pop("client", None)
    return actions.open_room(members=people, by=member, **told)


def around(request: MemberApiRequest) -> dict[str, Any]:
    """What a room's row needs to know of its reader."""
    return {"member": request.member, "names": names_shown_to(request.member)}


def one_row(request: MemberApiRequest, room: TalkRoom) -> Any:
    row = queries.room_rows(request.member, queries.Show.ALL).get(pk=room.pk)
    return RoomSerializer(row, context=around(request)).data


class MessagesView(APIView):
    @extend_schema(operation_id="messages_list", parameters=[AFTER, BEFORE], responses=MessagesSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """A page of messages: the newest, those after a number, or those before one."""
        room = looked_at(request, room_id)
        if "after" in request.query_params:
            found = queries.messages_after(request.member, room, after=int(number_in(request, "after")))
            has_more = bool(found) and found[-1].number < room.last_number
        else:
            before = int(number_in(request, "before")) if "before" in request.query_params else None
            found = queries.latest_messages(request.member, room, before=before)
            has_more = queries.has_older(request.member, room, found)
        names = names_beside(request.member, room.client)
        return Response({"messages": [as_json(message, names) for message in found], "has_more": has_more})

    @extend_schema(
        operation_id="messages_create",
        request=PostSerializer,
        responses={
            201: PostedSerializer,
            200: OpenApiResponse(PostedSerializer, description="This key was stored before: its number."),
        },
    )
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Post a message. Send it again with the same key until an answer comes."""
        room = room_for(request.member, room_id)
        sent = PostSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        appended = actions.post(room=room, by=request.member, **sent.validated_data)
        code = status.HTTP_201_CREATED if appended.fresh else status.HTTP_200_OK
        return Response(PostedSerializer(appended).data, status=code)


class ReadMarkView(APIView):
    @extend_schema(operation_id="read_mark_update", request=ReadMarkSerializer, responses=ReadMarkSerializer)
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Say up to which number messages were on screen. The mark never moves back."""
        room = room_for(request.member, room_id)
        sent = ReadMarkSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        number = actions.read_up_to(room=room, by=request.member, number=sent.validated_data["number"])
        return Response({"number": number})


def looked_at(request: Any, room_id: UUID) -> TalkRoom:
    room = room_for(request.member, room_id)
    look(request, room)
    return room
