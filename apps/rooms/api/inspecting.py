"""Deleted messages of rooms about nobody, for an auditor's program: the doors and entries of the pages."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import check_can_inspect
from apps.clients.models import Basis
from apps.environments.api.paging import PAGE, page_of
from apps.environments.names import names_shown_to
from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotHere
from apps.rooms import actions, queries
from apps.rooms.access import removed_about, removed_message_in, room_inspection_for
from apps.rooms.api.removed import RemovedPageSerializer, RemovedTextSerializer
from apps.rooms.models import RoomInspection, TalkRoom
from apps.rooms.views.inspecting import record_look, record_search
from apps.rooms.views.removed import record_reading


class RoomInspectionSearchSerializer(serializers.Serializer[Any]):
    """The basis in law with its reference, and by what the room is looked for."""

    basis = serializers.ChoiceField(choices=Basis.choices)
    reference = serializers.CharField(max_length=120, help_text="Such as the number of the audit plan. No names.")
    q = serializers.CharField(
        max_length=100, help_text="Title, or name or reading of one of two; at least two letters."
    )


class NewRoomInspectionSerializer(RoomInspectionSearchSerializer):
    """The same, and which of the rooms that are found by it."""

    room = serializers.UUIDField()


class RoomToInspectSerializer(serializers.Serializer[Any]):
    """A room about nobody; of a pair talk the names of the two."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    title = serializers.CharField()
    people = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()

    def get_people(self, room: TalkRoom) -> list[str]:
        return [one.name for one in (room.pair_first, room.pair_second) if one is not None]


class RoomInspectionSerializer(serializers.Serializer[Any]):
    """An inspection of a room, open to its auditor alone until `closes_at`."""

    id = serializers.UUIDField()
    room = RoomToInspectSerializer()
    basis = serializers.ChoiceField(choices=Basis.choices)
    reference = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


def found_by(request: MemberApiRequest, sent: serializers.Serializer[Any]) -> list[TalkRoom]:
    sent.is_valid(raise_exception=True)
    return queries.rooms_to_choose(request.member, sent.validated_data["q"])


class RoomInspectionSearchView(APIView):
    @extend_schema(
        operation_id="room_inspections_search",
        request=RoomInspectionSearchSerializer,
        responses=RoomToInspectSerializer(many=True),
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Among which rooms an auditor chooses, once the basis is named: at most twenty. Nothing is opened by it."""
        check_can_inspect(request.member)
        sent = RoomInspectionSearchSerializer(data=request.data)
        found = found_by(request, sent)
        record_search(request, sent.validated_data["basis"], found)
        return Response(RoomToInspectSerializer(found, many=True).data)


class RoomInspectionsView(APIView):
    @extend_schema(
        operation_id="room_inspections_open",
        request=NewRoomInspectionSerializer,
        responses={201: RoomInspectionSerializer},
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Open for two hours, to oneself alone, what was deleted in a room. What does not fit the words is not here."""
        check_can_inspect(request.member)
        sent = NewRoomInspectionSerializer(data=request.data)
        found = found_by(request, sent)
        told = sent.validated_data
        chosen = next((room for room in found if room.pk == told["room"]), None)
        if chosen is None:
            raise NotHere(subject=told["room"])
        about = {name: told[name] for name in ("basis", "reference")}
        opened = actions.open_room_inspection(room=chosen, **about, by=request.member)
        return Response(RoomInspectionSerializer(opened).data, status=status.HTTP_201_CREATED)


def inspected(request: MemberApiRequest, room_id: UUID) -> tuple[RoomInspection, dict[str, Any]]:
    """The caller's open inspection, which is a look, and how names are told in it."""
    inspection = room_inspection_for(request.member, room_id)
    record_look(request, inspection)
    return inspection, {"names": names_shown_to(request.member)}


class RemovedInRoomView(APIView):
    @extend_schema(operation_id="removed_in_room_list", parameters=[PAGE], responses=RemovedPageSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Which messages were deleted in a room, while the caller's inspection of it lasts."""
        inspection, context = inspected(request, room_id)
        page = page_of(request, removed_about(request.member, inspection))
        return Response(RemovedPageSerializer(page, context=context).data)


class RemovedTextInRoomView(APIView):
    @extend_schema(operation_id="removed_in_room_retrieve", responses=RemovedTextSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """What one of them said. Each time is an entry of the ledger."""
        inspection, context = inspected(request, room_id)
        message = removed_message_in(request.member, inspection, room_id, message_number)
        record_reading(request, inspection, message)
        return Response(RemovedTextSerializer(queries.removed_shown(message), context=context).data)
