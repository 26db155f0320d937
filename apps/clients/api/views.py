"""Clients and their care teams for programs: the same doors, the same actions, the same entries in the ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    check_can_change_team,
    check_can_edit,
    check_can_register,
    client_for,
    reasons,
    seat_for,
)
from apps.clients.api.consents import given_in
from apps.clients.api.record_serializers import EditSerializer
from apps.clients.api.serializers import (
    ClientPageSerializer,
    ClientSerializer,
    GivenSeatSerializer,
    NewClientSerializer,
    SeatGiftSerializer,
    SeatSerializer,
)
from apps.clients.models import Client
from apps.clients.refusals import Namesake
from apps.environments.access import organization_for
from apps.environments.api.paging import PAGE, page_of
from apps.environments.models import Member
from apps.environments.requests import MemberApiRequest


def shown(request: MemberApiRequest, client: Client, code: int = status.HTTP_200_OK) -> Response:
    known = reasons(request.member, [client])
    return Response(ClientSerializer(client, context={"reasons": known}).data, status=code)


class ClientsView(APIView):
    @extend_schema(operation_id="clients_list", parameters=[PAGE], responses=ClientPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The clients whom the caller may see, by reading."""
        page = page_of(request, queries.client_rows(request.member))
        ids = [str(client.pk) for client in page["results"]]
        audit.record(
            verb="clients.listed", by=request.member, purpose="support", detail={"hits": page["count"], "clients": ids}
        )
        known = reasons(request.member, page["results"])
        return Response(ClientPageSerializer(page, context={"reasons": known}).data)

    @extend_schema(operation_id="clients_register", request=NewClientSerializer, responses={201: ClientSerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Register a client: a division its own, anybody else with the signed consent. A namesake is refused until ruled out."""
        check_can_register(request.member)
        form = NewClientSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = registered_in(form.validated_data, request.member)
        if not given.pop("is_somebody_else"):
            check_no_namesake(request, given)
        return shown(request, actions.register_client(**given, by=request.member), status.HTTP_201_CREATED)


def registered_in(sent: dict[str, Any], by: Member) -> dict[str, Any]:
    """What was sent, with things instead of their ids."""
    division = organization_for(by, sent["division"]) if sent["division"] else None
    consent = given_in(sent["consent"], by) if sent["consent"] else None
    return {**sent, "division": division, "consent": consent}


def check_no_namesake(request: MemberApiRequest, given: dict[str, Any], *, beside: Client | None = None) -> None:
    told_by = {name: given[name] for name in ("name", "kana", "born_on")}
    found = queries.namesakes(request.member, **told_by, beside=beside)
    if found:
        raise Namesake(subject=found[0], client_id=found[0].pk)


class ClientView(APIView):
    @extend_schema(operation_id="clients_retrieve", responses=ClientSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """One client, with the reason why the caller sees them."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return shown(request, client)

    @extend_schema(operation_id="clients_edit", request=EditSerializer, responses=ClientSerializer)
    def patch(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Change some facts of the record. A version that is not the present one is refused, and so is a namesake until ruled out."""
        client = client_for(request.member, client_id)
        check_can_edit(request.member, client)
        form = EditSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        facts, version = form.validated_data, form.validated_data.pop("version")
        check_no_namesake_of(request, client, facts)
        return shown(request, actions.edit_client(client=client, facts=facts, version=version, by=request.member))


def check_no_namesake_of(request: MemberApiRequest, client: Client, facts: dict[str, Any]) -> None:
    """Where name, reading or birthday change, the client may now be taken for somebody else."""
    told_by = {name: getattr(client, name) for name in ("name", "kana", "born_on")}
    becoming = {name: facts.get(name, value) for name, value in told_by.items()}
    if not facts.pop("is_somebody_else") and becoming != told_by:
        check_no_namesake(request, becoming, beside=client)


class SeatsView(APIView):
    @extend_schema(operation_id="seats_list", responses=SeatSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The care team: seats that are open or to come, with the present people of their organizations."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        team = queries.team_of(client, reader=request.member)
        return Response(SeatSerializer(team.seats, many=True).data)

    @extend_schema(operation_id="seats_give", request=SeatGiftSerializer, responses={201: GivenSeatSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Give an organization a seat, from now or a day to come, until a day or further notice."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        form = SeatGiftSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        organization = organization_for(request.member, form.validated_data["organization"])
        seat = actions.give_seat(
            client=client, organization=organization, by=request.member, **form.validated_data["period"]
        )
        return Response(GivenSeatSerializer(seat).data, status=status.HTTP_201_CREATED)


class SeatView(APIView):
    @extend_schema(operation_id="seats_end", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, seat_id: UUID) -> Response:
        """End a seat now: its organization's members lose the client and all its rooms at once."""
        client = client_for(request.member, client_id)
        actions.end_seat(seat=seat_for(request.member, client, seat_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
