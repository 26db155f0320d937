"""Visiting times for programs: the same doors, the same verbs, the same ledger."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import client_for
from apps.environments.requests import MemberApiRequest
from apps.facilities.access import facility_for
from apps.visits import actions, queries
from apps.visits.access import check_can_arrange, check_can_publish, slot_for
from apps.visits.api.serializers import (
    CapacitySerializer,
    FindSerializer,
    HoldSerializer,
    PlanSerializer,
    SlotSerializer,
    TimeWithdrawalSerializer,
    VisitableFacilitySerializer,
    VisitSerializer,
)
from apps.visits.models import Slot


def told(slot: Slot, code: int = status.HTTP_200_OK) -> Response:
    return Response(SlotSerializer(Slot.objects.with_taken().get(pk=slot.pk)).data, status=code)


class FindView(APIView):
    @extend_schema(operation_id="visits_find", request=FindSerializer, responses=VisitableFacilitySerializer(many=True))
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """At most ten facilities with their next three free times. By POST, because a need stands in no address."""
        check_can_arrange(request.member)
        sent = FindSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(VisitableFacilitySerializer(queries.next_times(request.member, sent.sought()), many=True).data)


class SlotsView(APIView):
    @extend_schema(operation_id="visiting_times_list", responses=SlotSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """The facility's times to come: at most 300."""
        facility = facility_for(request.member, facility_id)
        days = queries.days_of(request.member, facility)
        return Response(SlotSerializer([slot for day in days for slot in day.slots], many=True).data)

    @extend_schema(
        operation_id="visiting_times_publish", request=PlanSerializer, responses={201: SlotSerializer(many=True)}
    )
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """Publish a time, once or every week; all of them, or none."""
        facility = facility_for(request.member, facility_id)
        check_can_publish(request.member, facility)
        sent = PlanSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.publish_slots(facility=facility, plan=sent.plan(), by=request.member)
        found = Slot.objects.with_taken().filter(pk__in=[slot.pk for slot in made])
        return Response(SlotSerializer(found, many=True).data, status=status.HTTP_201_CREATED)


class SlotView(APIView):
    @extend_schema(operation_id="visiting_times_retrieve", responses=SlotSerializer)
    def get(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """One time."""
        return told(slot_for(request.member, slot_id))


class HoldsView(APIView):
    @extend_schema(operation_id="visits_hold", request=HoldSerializer, responses={201: VisitSerializer})
    def post(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """Hold a place for five minutes; 409 where none is free."""
        slot = slot_for(request.member, slot_id)
        check_can_arrange(request.member, slot)
        sent = HoldSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        if told["client"] is not None:
            told["client"] = client_for(request.member, told["client"])
        visit = actions.hold_place(slot=slot, by=request.member, **told)
        return Response(VisitSerializer(visit).data, status=status.HTTP_201_CREATED)


class CapacityView(APIView):
    @extend_schema(operation_id="visiting_times_capacity", request=CapacitySerializer, responses=SlotSerializer)
    def put(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """For how many families the time is: not below a place that is taken."""
        slot = slot_for(request.member, slot_id)
        check_can_publish(request.member, slot.facility)
        sent = CapacitySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return told(actions.change_capacity(slot=slot, by=request.member, **sent.validated_data))


class WithdrawalView(APIView):
    @extend_schema(
        operation_id="visiting_times_withdraw", request=TimeWithdrawalSerializer, responses=VisitSerializer(many=True)
    )
    def post(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """Take the time back; answers the booked visits that this ends. Their offices are told."""
        slot = slot_for(request.member, slot_id)
        check_can_publish(request.member, slot.facility)
        sent = TimeWithdrawalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        ended = actions.withdraw_slot(slot=slot, by=request.member, **sent.validated_data)
        return Response(VisitSerializer(ended, many=True).data)
