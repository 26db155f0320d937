"""The end of a place and a change of organization for programs, such as the city's staff register."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.access import check_can_administer, member_for, organization_for
from apps.environments.api.serializers import MemberSerializer
from apps.environments.models import Member
from apps.environments.requests import MemberApiRequest
from apps.handovers import actions, queries
from apps.handovers.api.serializers import DepartureSerializer, MoveSerializer, OpenWorkSerializer, SuccessorSerializer

SUCCESSOR = OpenApiParameter("successor", OpenApiTypes.UUID, description="Count what this colleague would take over.")


class DepartureView(APIView):
    @extend_schema(operation_id="departure_preview", parameters=[SUCCESSOR], responses=OpenWorkSerializer)
    def get(self, request: MemberApiRequest, slug: str, member_id: UUID) -> Response:
        """What the person would leave behind, before anything is done."""
        person = concerned(request, member_id)
        asked = SuccessorSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        successor = person_or_nobody(request, asked.validated_data.get("successor"))
        return Response(OpenWorkSerializer(queries.open_work_of(person, successor)).data)

    @extend_schema(operation_id="departure_create", request=DepartureSerializer, responses={201: MemberSerializer})
    def post(self, request: MemberApiRequest, slug: str, member_id: UUID) -> Response:
        """End the person's place now, with every sign-in and device, and pass what is open to a colleague."""
        person = concerned(request, member_id)
        form = DepartureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        successor = person_or_nobody(request, form.validated_data["successor"])
        ended = actions.leave(member=person, successor=successor, by=request.member)
        return Response(MemberSerializer(ended).data, status=status.HTTP_201_CREATED)


class MoveView(APIView):
    @extend_schema(operation_id="move_create", request=MoveSerializer, responses={201: MemberSerializer})
    def post(self, request: MemberApiRequest, slug: str, member_id: UUID) -> Response:
        """End the person's place and begin one for another organization, with the same login; the new place."""
        person = concerned(request, member_id)
        form = MoveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent: dict[str, Any] = form.validated_data
        successor = person_or_nobody(request, sent["successor"])
        organization = organization_for(request.member, sent["organization"])
        words = sent | {"successor": successor, "organization": organization}
        return Response(
            MemberSerializer(actions.move(member=person, by=request.member, **words)).data,
            status=status.HTTP_201_CREATED,
        )


def concerned(request: MemberApiRequest, member_id: UUID) -> Member:
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    return person


def person_or_nobody(request: MemberApiRequest, member_id: UUID | None) -> Member | None:
    return None if member_id is None else member_for(request.member, member_id)
