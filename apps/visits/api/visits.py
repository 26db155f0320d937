"""Visits for programs: the same doors, the same verbs, the same ledger."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotAllowed
from apps.visits import actions, queries
from apps.visits.access import check_can_cancel, check_is_asking, has_visits, slot_for, visit_for
from apps.visits.api.serializers import (
    CancellationSerializer,
    IntroducedSerializer,
    OtherTimeSerializer,
    VisitBookingSerializer,
    VisitSerializer,
)
from apps.visits.models import Visit


def told(visit: Visit) -> Response:
    return Response(VisitSerializer(visit).data)


class VisitsView(APIView):
    @extend_schema(operation_id="visits_list", responses=VisitSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The visits to come that the caller may see, held ones of one's own office too: at most 200."""
        if not has_visits(request.member):
            raise NotAllowed
        days = queries.visits_of(request.member)
        return Response(VisitSerializer([visit for day in days for visit in day.visits], many=True).data)


class VisitView(APIView):
    @extend_schema(operation_id="visits_retrieve", responses=VisitSerializer)
    def get(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """One visit."""
        return told(visit_for(request.member, visit_id))


class BookingView(APIView):
    @extend_schema(operation_id="visits_book", request=VisitBookingSerializer, responses=VisitSerializer)
    def post(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Book what one's office holds; 409 when the five minutes are over. `agreed` lets the facility be told who comes."""
        visit = visit_for(request.member, visit_id)
        check_is_asking(request.member, visit)
        sent = VisitBookingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return told(actions.book_visit(visit=visit, agreed=sent.agreed_by(), by=request.member))


class OpeningView(APIView):
    @extend_schema(operation_id="visits_open", request=None, responses=IntroducedSerializer)
    def post(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """The facility looks behind the card: who comes and whom to call. Each look is written into the ledger."""
        visit = visit_for(request.member, visit_id)
        behind = actions.open_booking(visit=visit, by=request.member)
        audit.opened(behind.client, by=request.member, subject=visit, purpose="introduction")
        return Response(IntroducedSerializer(behind).data)


class ReleaseView(APIView):
    @extend_schema(operation_id="visits_release", request=None, responses=VisitSerializer)
    def post(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Give a held place back."""
        return told(actions.let_go(visit=visit_for(request.member, visit_id), by=request.member))


class CancellationView(APIView):
    @extend_schema(operation_id="visits_cancel", request=CancellationSerializer, responses=VisitSerializer)
    def post(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Cancel a booked visit before it begins; the other side is told."""
        visit = visit_for(request.member, visit_id)
        check_can_cancel(request.member, visit)
        sent = CancellationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return told(actions.cancel_visit(visit=visit, by=request.member, **sent.validated_data))


class MoveView(APIView):
    @extend_schema(operation_id="visits_move", request=OtherTimeSerializer, responses=VisitSerializer)
    def post(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Take a place at another time and give this one up, both or neither; answers the new visit."""
        visit = visit_for(request.member, visit_id)
        check_is_asking(request.member, visit)
        sent = OtherTimeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        to = slot_for(request.member, sent.validated_data["slot"])
        return told(actions.move_visit(visit=visit, to=to, by=request.member))
