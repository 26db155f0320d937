"""Requests for programs: the same doors, the same verbs, the same ledger."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import client_for
from apps.environments.requests import MemberApiRequest
from apps.facilities.access import facility_for
from apps.kernel.refusals import NotAllowed
from apps.visits import actions, queries
from apps.visits.access import check_can_arrange, check_can_say_for, has_visits, people_of_office, request_for, slot_for
from apps.visits.actions import Agreed, Asked
from apps.visits.api.serializers import (
    AcceptanceSerializer,
    ProposingSerializer,
    RequestRefusalSerializer,
    VisitRequestSerializer,
    VisitSerializer,
)
from apps.visits.models import VisitRequest
from apps.visits.refusals import NotOfTheOffice


def told(request: VisitRequest, code: int = status.HTTP_200_OK) -> Response:
    return Response(VisitRequestSerializer(request).data, status=code)


class RequestsView(APIView):
    @extend_schema(operation_id="visit_requests_list", responses=VisitRequestSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What waits for an answer, and what has ended in the last two weeks: at most 100."""
        if not has_visits(request.member):
            raise NotAllowed
        return Response(VisitRequestSerializer(queries.requests_of(request.member), many=True).data)


class ProposingView(APIView):
    @extend_schema(
        operation_id="visit_requests_propose", request=ProposingSerializer, responses={201: VisitRequestSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """Propose one to three times, also to a facility that publishes none; all of them, or none."""
        facility = facility_for(request.member, facility_id)
        check_can_arrange(request.member)
        sent = ProposingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = asked_of(request, sent)
        return told(actions.propose(facility=facility, asked=asked, by=request.member), status.HTTP_201_CREATED)


def asked_of(request: MemberApiRequest, sent: ProposingSerializer) -> Asked:
    said = dict(sent.validated_data)
    people = people_of_office(request.member.organization_id)
    member = people.filter(pk=said["member"]).first() if said["member"] else None
    if said["member"] and member is None:
        raise NotOfTheOffice
    return Asked(
        times=sent.times_proposed(),
        due_at=said["due_at"],
        age_group=said["age_group"],
        need=said["need"],
        client=client_for(request.member, said["client"]) if said["client"] else None,
        agreed=Agreed(**said["agreed"]) if said["agreed"] else None,
        member=member,
    )


class RequestView(APIView):
    @extend_schema(operation_id="visit_requests_retrieve", responses=VisitRequestSerializer)
    def get(self, request: MemberApiRequest, slug: str, request_id: UUID) -> Response:
        """One request, with its times."""
        return told(request_for(request.member, request_id))


class AcceptanceView(APIView):
    @extend_schema(operation_id="visit_requests_accept", request=AcceptanceSerializer, responses=VisitSerializer)
    def post(self, request: MemberApiRequest, slug: str, request_id: UUID) -> Response:
        """Pick one of the times: it is booked, the others are free again; 409 when the request has ended."""
        asked = request_for(request.member, request_id)
        check_can_say_for(request.member, asked)
        sent = AcceptanceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        slot = slot_for(request.member, sent.validated_data["slot"])
        return Response(VisitSerializer(actions.accept_proposal(request=asked, slot=slot, by=request.member)).data)


class RequestRefusalView(APIView):
    @extend_schema(
        operation_id="visit_requests_decline", request=RequestRefusalSerializer, responses=VisitRequestSerializer
    )
    def post(self, request: MemberApiRequest, slug: str, request_id: UUID) -> Response:
        """None of the times, with the reason."""
        asked = request_for(request.member, request_id)
        check_can_say_for(request.member, asked)
        sent = RequestRefusalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return told(actions.decline_request(request=asked, by=request.member, **sent.validated_data))


class RequestWithdrawalView(APIView):
    @extend_schema(operation_id="visit_requests_take_back", request=None, responses=VisitRequestSerializer)
    def post(self, request: MemberApiRequest, slug: str, request_id: UUID) -> Response:
        """Ask no more; the times are free again."""
        asked = request_for(request.member, request_id)
        return told(actions.take_request_back(request=asked, by=request.member))
