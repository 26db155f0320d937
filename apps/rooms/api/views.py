"""Rooms and messages for programs: the same doors, the same actions."""

from datetime import datetime
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
from apps.rooms.api.waiting import WaitingSerializer
from apps.rooms.frames import as_json
from apps.rooms.models import Message, RoomKind, TalkRoom
from apps.rooms.views.doors import look
from apps.rooms.views.messages import changes, number_in

AFTER = OpenApiParameter("after", OpenApiTypes.INT64, description="Only messages with a higher number, oldest first.")
# By organization is an order for the eye: a program is told who is in a room by the room.
SHOWN = [one.value for one in queries.Show if one != queries.Show.ORGANIZATIONS]
SHOW = OpenApiParameter("show", enum=SHOWN, description="Which rooms: the open ones.")
CHANGED_AFTER = OpenApiParameter(
    "changed_after",
    OpenApiTypes.INT64,
    description="With `after`: also what was changed after this change of the room.",
)
BEFORE = OpenApiParameter("before", OpenApiTypes.INT64, description="The page before this number.")


class RoomsView(APIView):
    @extend_schema(operation_id="rooms_list", parameters=[SHOW], responses=RoomSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The rooms the caller may read now, unread ones first; archived ones only where they are asked for."""
        shown = queries.shown_of(request.query_params.get("show", ""))
        rooms = queries.room_rows(request.member, shown)
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
    return {
        "member": request.member,
        "names": names_shown_to(request.member),
        "asked": queries.asked_by_room(request.member),
        "mentions": queries.mentions_by_room(request.member),
    }


def one_row(request: MemberApiRequest, room: TalkRoom) -> Any:
    row = queries.room_row(request.member, room)
    return RoomSerializer(row, context=around(request)).data


class MessagesView(APIView):
    @extend_schema(
        operation_id="messages_list", parameters=[AFTER, BEFORE, CHANGED_AFTER], responses=MessagesSerializer
    )
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """A page of messages: the newest, those after a number, or those before one."""
        room = looked_at(request, room_id)
        found, has_more = page_of(request, room)
        changed, change = changes(request, room)
        names = names_beside(request.member, room.client)
        since = queries.quotes_shown_from(request.member, room, [*found, *changed])
        reader = request.member.pk
        told = [as_json(message, names, since, reader) for message in found]
        again = [as_json(message, names, since, reader) for message in changed]
        return Response({"messages": told, "has_more": has_more, "changed": again, "change": change})

    @extend_schema(
        operation_id="messages_create",
        request=PostSerializer,
        responses={
            201: PostedSerializer,
            200: OpenApiResponse(PostedSerializer, description="This key was stored before: its number."),
            202: OpenApiResponse(WaitingSerializer, description="With `hold` or `send_at`: it waits."),
            409: OpenApiResponse(
                description="The text seems to name another client than the room's: ask its author, and send `is_sure`."
            ),
        },
    )
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Post a message. Send it again with the same key until an answer comes."""
        room = room_for(request.member, room_id)
        sent = PostSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        is_held, send_at = told.pop("hold"), told.pop("send_at")
        actions.check_room(room=room, message=told, is_sure=told.pop("is_sure"), by=request.member)
        if is_held or send_at is not None:
            return Response(waiting_told(request.member, room, send_at, told), status=status.HTTP_202_ACCEPTED)
        appended = actions.post(room=room, by=request.member, **told)
        code = status.HTTP_201_CREATED if appended.fresh else status.HTTP_200_OK
        return Response(PostedSerializer(appended).data, status=code)


def waiting_told(member: Member, room: TalkRoom, send_at: datetime | None, told: dict[str, Any]) -> Any:
    if send_at is None:
        waiting = actions.hold(room=room, by=member, **told)
    else:
        waiting = actions.schedule(room=room, send_at=send_at, by=member, **told)
    return WaitingSerializer(waiting).data


def page_of(request: MemberApiRequest, room: TalkRoom) -> tuple[list[Message], bool]:
    """The messages asked for, and whether there are more of them."""
    if "after" in request.query_params:
        found = queries.messages_after(request.member, room, after=number_in(request, "after"))
        return found, bool(found) and found[-1].number < room.last_number
    before = number_in(request, "before") if "before" in request.query_params else None
    found = queries.latest_messages(request.member, room, before=before)
    return found, queries.has_older(request.member, room, found)


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
