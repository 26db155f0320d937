"""Facilities and the board for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.facilities import actions, queries, stated
from apps.facilities.access import (
    answers_visible_to,
    check_can_answer,
    check_can_keep,
    check_can_see_answers,
    facility_for,
)
from apps.facilities.api.serializers import (
    AvailabilityAnswerSerializer,
    BoardQuestionSerializer,
    BoardSerializer,
    FacilitySerializer,
    NewFacilitySerializer,
    StatedSerializer,
    WholeFacilitySerializer,
)
from apps.facilities.queries import Wanted


class FacilitiesView(APIView):
    @extend_schema(operation_id="facilities_list", responses=FacilitySerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The open facilities, by their reading."""
        return Response(FacilitySerializer(queries.facilities_found(request.member), many=True).data)

    @extend_schema(
        operation_id="facilities_create", request=NewFacilitySerializer, responses={201: WholeFacilitySerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Write down a facility that the directory does not know."""
        check_can_keep(request.member)
        sent = NewFacilitySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        about = dict(sent.validated_data)
        made = actions.register_by_hand(districts=about.pop("districts"), about=about, by=request.member)
        return Response(WholeFacilitySerializer(made).data, status=status.HTTP_201_CREATED)


class FacilityView(APIView):
    @extend_schema(operation_id="facilities_retrieve", responses=WholeFacilitySerializer)
    def get(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """What is known of it."""
        return Response(WholeFacilitySerializer(facility_for(request.member, facility_id)).data)


class AnswersView(APIView):
    @extend_schema(operation_id="facility_answers_list", responses=AvailabilityAnswerSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """What it has said of its free places, the newest first: at most 50."""
        facility = facility_for(request.member, facility_id)
        check_can_see_answers(request.member, facility)
        found = answers_visible_to(request.member, facility)[: queries.MOST_ANSWERS]
        return Response(AvailabilityAnswerSerializer(found, many=True).data)

    @extend_schema(
        operation_id="facility_answers_create", request=StatedSerializer, responses={201: AvailabilityAnswerSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """State the free places; by the desk on the facility's behalf, which is marked."""
        facility = facility_for(request.member, facility_id)
        check_can_answer(request.member, facility)
        sent = StatedSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = stated.read(sent.told())
        answer = actions.state_availability(facility=facility, stated=said, by=request.member)
        return Response(AvailabilityAnswerSerializer(answer).data, status=status.HTTP_201_CREATED)


class ConfirmationView(APIView):
    @extend_schema(operation_id="facility_answers_confirm", request=None, responses={201: AvailabilityAnswerSerializer})
    def post(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """Nothing has changed: the newest answer once more, confirmed now."""
        facility = facility_for(request.member, facility_id)
        answer = actions.confirm_again(facility=facility, by=request.member)
        return Response(AvailabilityAnswerSerializer(answer).data, status=status.HTTP_201_CREATED)


class BoardView(APIView):
    @extend_schema(operation_id="availability_board", request=BoardQuestionSerializer, responses=BoardSerializer)
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """The newest answers that the caller may see. A question, not a deed: by POST, because a need stands in no address."""
        sent = BoardQuestionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in sent.validated_data.items()
        }
        return Response(BoardSerializer(queries.board(request.member, Wanted(**asked))).data)
