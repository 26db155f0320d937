"""Records for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.clients.models import Client
from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotHere
from apps.records import actions, queries
from apps.records.access import check_can_read_records, check_can_record, record_for, records_of
from apps.records.api.serializers import (
    NewRecordSerializer,
    NewVersionSerializer,
    RecordSerializer,
    WholeRecordSerializer,
    held,
)
from apps.records.models import SupportRecord
from apps.rooms.access import room_for, rooms_readable_by
from apps.rooms.models import TalkRoom


class RecordsView(APIView):
    @extend_schema(operation_id="support_records_list", responses=RecordSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The newest version of each record of a client: at most 500."""
        client = client_for(request.member, client_id)
        found = records_of(request.member, client)[:500]
        audit.opened(client, by=request.member)
        return Response(RecordSerializer(found, many=True, context=told_to(request)).data)

    @extend_schema(
        operation_id="support_records_create", request=NewRecordSerializer, responses={201: WholeRecordSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Issue a record. The messages stay as they are, whatever the lines say."""
        client = client_for(request.member, client_id)
        check_can_read_records(request.member, client)
        sent = NewRecordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        room = room_about(request, client, told["room"])
        lines, meeting = lines_of(request, room, told["lines"]), held(told.get("meeting"))
        record = actions.issue_record(
            room=room, planner=told["planner"], lines=lines, meeting=meeting, by=request.member
        )
        told_back = WholeRecordSerializer(record, context=told_to(request)).data
        return Response(told_back, status=status.HTTP_201_CREATED)


def room_about(request: MemberApiRequest, client: Client, room_id: UUID) -> TalkRoom:
    room = check_can_record(request.member, room_for(request.member, room_id))
    if room.client_id != client.pk:
        raise NotHere(subject=room.pk, client_id=client.pk)
    return room


def lines_of(
    request: MemberApiRequest, room: TalkRoom, sent: list[dict[str, Any]], before: SupportRecord | None = None
) -> list[actions.Line]:
    """What is left out stands as in the version before; where there is none, or the message was edited since, as it says."""
    chosen = queries.messages_chosen(request.member, room, [one["message"] for one in sent])
    drafted = {one["number"]: one for one in queries.drafted(request.member, room, chosen)}
    if before is not None:
        drafted |= {one["number"]: one for one in queries.drafted_again(request.member, before, room)}
    lines = []
    for one in sent:
        given = dict(one)
        number = given.pop("message")
        if number not in drafted:
            raise NotHere(subject=room, client_id=room.client_id)
        lines.append(actions.Line(**{**drafted[number], **given}))
    return lines


class RecordView(APIView):
    @extend_schema(operation_id="support_records_retrieve", responses=WholeRecordSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID, record_number: int) -> Response:
        """The newest version of one record."""
        client = client_for(request.member, client_id)
        found = record_for(request.member, client, record_number)
        audit.opened(client, by=request.member, subject=found)
        return Response(WholeRecordSerializer(found, context=told_to(request)).data)


class RecordVersionsView(APIView):
    @extend_schema(
        operation_id="support_records_renew", request=NewVersionSerializer, responses={201: WholeRecordSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, record_number: int) -> Response:
        """Issue the next version of a record; the versions before it stay. Left out words of a line stand as they were, or
        as its message says now where that was edited."""
        client = client_for(request.member, client_id)
        before = record_for(request.member, client, record_number)
        sent = NewVersionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        room = room_about(request, client, before.room_id)
        lines, meeting = lines_of(request, room, told["lines"], before), held(told.get("meeting"))
        about = {"planner": told["planner"], "lines": lines, "meeting": meeting}
        record = actions.renew_record(record=before, **about, by=request.member)
        told_back = WholeRecordSerializer(record, context=told_to(request)).data
        return Response(told_back, status=status.HTTP_201_CREATED)


def told_to(request: MemberApiRequest) -> dict[str, Any]:
    """Who may see the client need not know of each talk room about them."""
    return {"rooms": set(rooms_readable_by(request.member).values_list("pk", flat=True))}
