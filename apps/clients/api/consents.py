"""Consents for programs: the same doors, the same actions, the same entries in the ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    bodies_beside,
    check_can_change_team,
    client_for,
    consent_for,
    paper_for,
    printed_form_for,
)
from apps.clients.actions import Given
from apps.clients.api.consent_serializers import (
    ConsentSerializer,
    EvidenceSerializer,
    NewConsentSerializer,
    WaitingPageSerializer,
    WithdrawalSerializer,
)
from apps.clients.models import Client, ClientPaper, PrintedForm
from apps.environments.access import organization_for
from apps.environments.api.paging import PAGE, page_of
from apps.environments.models import Member
from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotHere


def given_in(sent: dict[str, Any], by: Member, client: Client | None = None) -> Given:
    """What was sent, as the verbs take it; an organization that is none here is missing, and so is a paper."""
    paper = paper_in(sent, by, client)
    known = [organization_for(by, one) for one in sent["organizations"]]
    period = {name: sent[name] for name in ("valid_from", "valid_to") if sent[name] is not None}
    plain = {
        name: sent[name] for name in ("signer", "signer_name", "relation", "signed_on", "covers_family", "reference")
    }
    return Given(
        **plain,
        **period,
        purposes=tuple(sent["purposes"]),
        kinds=tuple(sent["kinds"]),
        organizations=tuple(known),
        paper=paper,
        form=form_in(sent, by, client),
    )


def paper_in(sent: dict[str, Any], by: Member, client: Client | None) -> ClientPaper | None:
    """The paper of the record that was named; a client who is only being registered has none yet."""
    if sent["paper"] is None:
        return None
    if client is None:
        raise NotHere(subject=sent["paper"])
    return paper_for(by, client, sent["paper"])


def form_in(sent: dict[str, Any], by: Member, client: Client | None) -> PrintedForm | None:
    if sent["form"] is None:
        return None
    if client is None:
        raise NotHere(subject=sent["form"])
    return printed_form_for(by, client, sent["form"])


class ConsentsView(APIView):
    @extend_schema(operation_id="consents_list", responses=ConsentSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Every consent of a client, also those that have ended or were withdrawn."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        found = queries.consents_of(client, reader=request.member)
        return Response(ConsentSerializer([*found.present, *found.past], many=True).data)

    @extend_schema(operation_id="consents_record", request=NewConsentSerializer, responses={201: ConsentSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Record a signed consent: it opens the client to those it covers who have a seat."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        form = NewConsentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = given_in(form.validated_data, request.member, client)
        record = actions.record_consent(client=client, given=given, by=request.member)
        shown = queries.consent_shown(record, bodies_beside(request.member, client))
        return Response(ConsentSerializer(shown).data, status=status.HTTP_201_CREATED)


class EvidenceView(APIView):
    @extend_schema(operation_id="consents_evidence", request=EvidenceSerializer, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, consent_id: UUID) -> Response:
        """Name the paper of the record that shows a consent which was recorded without one: once, and never another."""
        client = client_for(request.member, client_id)
        consent = consent_for(request.member, client, consent_id)
        check_can_change_team(request.member, client)
        form = EvidenceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        paper = paper_for(request.member, client, form.validated_data["paper"])
        actions.add_evidence(consent=consent, paper=paper, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WithdrawalView(APIView):
    @extend_schema(operation_id="consents_withdraw", request=WithdrawalSerializer, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, consent_id: UUID) -> Response:
        """Withdraw a consent now: whoever saw the client by it loses the client and all its rooms at once."""
        client = client_for(request.member, client_id)
        consent = consent_for(request.member, client, consent_id)
        form = WithdrawalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actions.withdraw_consent(consent=consent, note=form.validated_data["note"], by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WaitingView(APIView):
    @extend_schema(operation_id="clients_waiting", parameters=[PAGE], responses=WaitingPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Seats of the caller's organization that wait for consent, the longest wait first: cards that name nobody."""
        page = page_of(request, queries.waiting_seats(request.member))
        cards = queries.cards_of(request.member, page["results"])
        return Response(WaitingPageSerializer({**page, "results": cards}).data)
