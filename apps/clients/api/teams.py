"""The people of a care team, who is responsible, and openings by hand, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    check_can_change_team,
    check_can_name_people_of,
    client_for,
    responsibility_for,
    seat_for,
    team_member_for,
)
from apps.clients.api.team_serializers import (
    NewOpeningSerializer,
    NewPersonSerializer,
    NewResponsibleSerializer,
    OpeningSerializer,
    ResponsibilitySerializer,
    RoleSerializer,
    TeamMemberSerializer,
    said_by,
)
from apps.clients.forms import HandoverForm, OpeningForm
from apps.clients.models import TeamMember
from apps.environments.access import member_for
from apps.environments.models import Member
from apps.environments.requests import MemberApiRequest


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class PeopleView(APIView):
    @extend_schema(operation_id="team_people_name", request=NewPersonSerializer, responses={201: TeamMemberSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, seat_id: UUID) -> Response:
        """Name a person of the seat's organization on the team. It opens nothing by itself."""
        seat = seat_for(request.member, client_for(request.member, client_id), seat_id)
        check_can_name_people_of(request.member, seat)
        sent = sent_in(NewPersonSerializer, request)
        member = member_for(request.member, sent["member"])
        person = actions.name_person(seat=seat, member=member, role=sent["role"], by=request.member)
        return Response(TeamMemberSerializer(person).data, status=status.HTTP_201_CREATED)


class PersonView(APIView):
    @extend_schema(operation_id="team_people_change_role", request=RoleSerializer, responses=TeamMemberSerializer)
    def put(self, request: MemberApiRequest, slug: str, client_id: UUID, person_id: UUID) -> Response:
        """Give a person another role: the period in the former one ends, and another begins at the same moment."""
        person = team_member_for(request.member, client_for(request.member, client_id), person_id)
        check_can_name_people_of(request.member, person.seat)
        changed = actions.change_role(person=person, role=sent_in(RoleSerializer, request)["role"], by=request.member)
        return Response(TeamMemberSerializer(changed).data)

    @extend_schema(operation_id="team_people_take_off", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, person_id: UUID) -> Response:
        """End a person's time on the team now. The period stays."""
        person = team_member_for(request.member, client_for(request.member, client_id), person_id)
        actions.take_off(person=person, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResponsibilityView(APIView):
    @extend_schema(operation_id="responsibility_retrieve", responses=ResponsibilitySerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Who is responsible now, and who will be."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(ResponsibilitySerializer(queries.team_of(client, reader=request.member)).data)

    @extend_schema(
        operation_id="responsibility_hand_over", request=NewResponsibleSerializer, responses=ResponsibilitySerializer
    )
    def put(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Make a person of the team responsible, in the place of the one named by `replaces`, at once or from a day."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        sent = sent_in(NewResponsibleSerializer, request)
        person = team_member_for(request.member, client, sent["person"])
        form = HandoverForm(sent)
        if not form.is_valid():
            raise serializers.ValidationError(said_by(form))
        make_responsible(person, sent["replaces"], form, request.member)
        return Response(ResponsibilitySerializer(queries.team_of(client, reader=request.member)).data)


def make_responsible(person: TeamMember, replaces: UUID | None, form: HandoverForm, by: Member) -> None:
    if replaces is None:
        actions.name_responsible(person=person, by=by)
    else:
        before = responsibility_for(by, person.seat.client, replaces)
        actions.hand_over_responsibility(responsibility=before, to=person, begins_at=form.begins_at(), by=by)


class OpeningsView(APIView):
    @extend_schema(operation_id="openings_list", responses=OpeningSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """To whom the client was opened by hand: until when, for what, by whom."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        team = queries.team_of(client, reader=request.member)
        return Response(OpeningSerializer(team.openings, many=True).data)

    @extend_schema(operation_id="openings_open", request=NewOpeningSerializer, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Open the client to one person whose organization has no seat, until the end of a day."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        sent = sent_in(NewOpeningSerializer, request)
        form = OpeningForm(sent)
        if not form.is_valid():
            raise serializers.ValidationError(said_by(form))
        person = member_for(request.member, sent["member"])
        actions.open_by_hand(
            client=client, member=person, expires_at=form.expires_at(), reason=sent["reason"], by=request.member
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class OpeningView(APIView):
    @extend_schema(operation_id="openings_close", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, member_id: UUID) -> Response:
        """Take back what was opened by hand; what follows from a seat stays."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        person = member_for(request.member, member_id)
        actions.close_by_hand(client=client, member=person, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
