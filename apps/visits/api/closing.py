"""Closed days for programs: the same doors, the same verbs, the same ledger."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.facilities.access import facility_for
from apps.facilities.models import Facility
from apps.visits import actions, queries
from apps.visits.access import check_can_publish
from apps.visits.api.serializers import ClosedDaySerializer, OpenedDaySerializer, VisitSerializer


def facility_to_publish(request: MemberApiRequest, facility_id: UUID) -> Facility:
    facility = facility_for(request.member, facility_id)
    check_can_publish(request.member, facility)
    return facility


class ClosedDaysView(APIView):
    @extend_schema(operation_id="closed_days_list", responses=ClosedDaySerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """The closed days from today on."""
        facility = facility_to_publish(request, facility_id)
        return Response(ClosedDaySerializer(queries.closed_days_of(facility), many=True).data)

    @extend_schema(
        operation_id="closed_days_close", request=ClosedDaySerializer, responses={201: VisitSerializer(many=True)}
    )
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """Close a day; answers the booked visits that this ends. Their offices are told."""
        facility = facility_to_publish(request, facility_id)
        sent = ClosedDaySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        ended = actions.close_day(facility=facility, by=request.member, **sent.validated_data)
        return Response(VisitSerializer(ended, many=True).data, status=status.HTTP_201_CREATED)


class OpenedDayView(APIView):
    @extend_schema(operation_id="closed_days_open", request=OpenedDaySerializer, responses=ClosedDaySerializer)
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """Receive on a closed day again; its times are published anew."""
        facility = facility_to_publish(request, facility_id)
        sent = OpenedDaySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(
            ClosedDaySerializer(actions.open_day(facility=facility, by=request.member, **sent.validated_data)).data
        )
