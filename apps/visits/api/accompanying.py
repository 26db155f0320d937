"""Who comes along to a visit, and places beyond those of a time, for programs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import client_for
from apps.environments.models import Member
from apps.environments.requests import MemberApiRequest
from apps.visits import actions
from apps.visits.access import check_can_exceed, check_is_asking, people_to_accompany, slot_for, visit_for
from apps.visits.api.serializers import AccompanyingSerializer, BeyondSerializer, VisitSerializer
from apps.visits.models import Visit
from apps.visits.refusals import NotOfTheOffice


class AccompanyingView(APIView):
    @extend_schema(operation_id="visits_accompany", request=AccompanyingSerializer, responses=VisitSerializer)
    def put(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Who of the office that books comes along; 409 for somebody who accompanies another visit then."""
        visit = visit_for(request.member, visit_id)
        check_is_asking(request.member, visit)
        sent = AccompanyingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        member, reason = member_of(visit, sent.validated_data["member"]), sent.validated_data["reason"]
        if member is not None and reason:
            changed = actions.accompany_regardless(visit=visit, member=member, reason=reason, by=request.member)
        else:
            changed = actions.accompany(visit=visit, member=member, by=request.member)
        return Response(VisitSerializer(changed).data)


def member_of(visit: Visit, wanted: UUID | None) -> Member | None:
    """Somebody of the office that books; nobody where nobody was named."""
    if wanted is None:
        return None
    found: Member | None = people_to_accompany(visit).filter(pk=wanted).first()
    if found is None:
        raise NotOfTheOffice(subject=visit)
    return found


class BeyondView(APIView):
    @extend_schema(operation_id="visits_hold_beyond", request=BeyondSerializer, responses={201: VisitSerializer})
    def post(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """Hold a place more than the time has, with the reason; for whoever leads the facility, and the welfare desk."""
        slot = slot_for(request.member, slot_id)
        check_can_exceed(request.member, slot.facility)
        sent = BeyondSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = sent.validated_data["client"]
        client = client_for(request.member, wanted) if wanted is not None else None
        visit = actions.hold_beyond(slot=slot, by=request.member, **{**sent.validated_data, "client": client})
        return Response(VisitSerializer(visit).data, status=status.HTTP_201_CREATED)
