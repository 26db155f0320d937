"""The waiting list for programs: the same doors, the same verbs, the same ledger."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import client_for
from apps.directory.models import ServiceKind
from apps.environments.requests import MemberApiRequest
from apps.facilities.access import facility_for
from apps.facilities.models import SchoolDistrict
from apps.kernel.refusals import NotHere
from apps.visits.access import check_can_arrange
from apps.waiting import actions, queries
from apps.waiting.access import check_can_look_after, check_can_see_list, waiting_for
from apps.waiting.actions import Wish
from apps.waiting.api.serializers import (
    PuttingSerializer,
    WaitingDeclineSerializer,
    WaitingEntrySerializer,
    WaitingLeaveSerializer,
    WhoWaitsSerializer,
)
from apps.waiting.models import Waiting


def told(waiting: Waiting, code: int = status.HTTP_200_OK) -> Response:
    return Response(WaitingEntrySerializer(queries.entry_of(waiting)).data, status=code)


class LineView(APIView):
    @extend_schema(operation_id="waiting_line", responses=WhoWaitsSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Those who wait whom one may see, the ones with an offer first, then the longest waiting: at most 200."""
        check_can_see_list(request.member)
        rows = [row.waiting for row in queries.line_of(request.member)]
        return Response(WhoWaitsSerializer(rows, many=True).data)

    @extend_schema(operation_id="waiting_put", request=PuttingSerializer, responses={201: WaitingEntrySerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Put a client, or a family without a name, on the list. What becomes free is offered by itself."""
        check_can_arrange(request.member)
        sent = PuttingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        waiting = actions.put_on_list(wish=wish_of(request, sent), by=request.member)
        return told(waiting, status.HTTP_201_CREATED)


def wish_of(request: MemberApiRequest, sent: PuttingSerializer) -> Wish:
    said, member, sought = sent.validated_data, request.member, sent.sought()
    known = sought.near is None or SchoolDistrict.objects.filter(pk=sought.near).exists()
    if not known or (sought.kind is not None and not ServiceKind.objects.filter(pk=sought.kind).exists()):
        raise NotHere
    return Wish(
        sought=sought,
        reasons=tuple(sorted(said["reasons"])),
        need=said["need"],
        client=client_for(member, said["client"]) if said["client"] else None,
        facilities=tuple(facility_for(member, one) for one in dict.fromkeys(said["facilities"])),
    )


class EntryView(APIView):
    @extend_schema(operation_id="waiting_entry", responses=WaitingEntrySerializer)
    def get(self, request: MemberApiRequest, slug: str, wait_id: UUID) -> Response:
        """One who waits, with the number in the line and what was offered."""
        return told(waiting_for(request.member, wait_id))


class DecliningView(APIView):
    @extend_schema(
        operation_id="waiting_decline", request=WaitingDeclineSerializer, responses={200: WaitingEntrySerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, wait_id: UUID) -> Response:
        """The offered place does not suit; it goes to the next."""
        found = waiting_for(request.member, wait_id)
        check_can_look_after(request.member, found)
        sent = WaitingDeclineSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.decline_offer(waiting=found, by=request.member, **sent.validated_data)
        return told(waiting_for(request.member, wait_id))


class LeavingView(APIView):
    @extend_schema(
        operation_id="waiting_leave", request=WaitingLeaveSerializer, responses={200: WaitingEntrySerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, wait_id: UUID) -> Response:
        """They wait no more; a place that is offered to them is given back."""
        found = waiting_for(request.member, wait_id)
        check_can_look_after(request.member, found)
        sent = WaitingLeaveSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return told(actions.leave(waiting=found, by=request.member, **sent.validated_data))


class ReturningView(APIView):
    @extend_schema(operation_id="waiting_return", request=None, responses={200: WaitingEntrySerializer})
    def post(self, request: MemberApiRequest, slug: str, wait_id: UUID) -> Response:
        """Undo: they wait again, at their old place."""
        return told(actions.wait_again(waiting=waiting_for(request.member, wait_id), by=request.member))
