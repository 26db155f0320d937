"""Who comes along to a visit, for programs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.visits import actions
from apps.visits.access import check_is_asking, people_to_accompany, visit_for
from apps.visits.api.serializers import AccompanyingSerializer, VisitSerializer
from apps.visits.refusals import NotOfTheOffice


class AccompanyingView(APIView):
    @extend_schema(operation_id="visits_accompany", request=AccompanyingSerializer, responses=VisitSerializer)
    def put(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """Who of the office that books comes along; 409 for somebody who accompanies another visit then."""
        visit = visit_for(request.member, visit_id)
        check_is_asking(request.member, visit)
        sent = AccompanyingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = sent.validated_data["member"]
        member = people_to_accompany(visit).filter(pk=wanted).first() if wanted else None
        if wanted and member is None:
            raise NotOfTheOffice(subject=visit)
        return Response(VisitSerializer(actions.accompany(visit=visit, member=member, by=request.member)).data)
