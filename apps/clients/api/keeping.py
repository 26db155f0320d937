"""Records that an organization must keep, and the auditor's inspections, for programs: the doors and verbs of the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    check_can_inspect,
    inspection_for,
    kept_client_for,
    kept_paper_for,
    names_of_hands_beside,
)
from apps.clients.api.keeping_serializers import (
    ClosedClientSerializer,
    InspectionSearchSerializer,
    InspectionSerializer,
    KeptPageSerializer,
    KeptSerializer,
    NewInspectionSerializer,
)
from apps.clients.api.team_serializers import said_by
from apps.clients.forms import InspectionForm
from apps.clients.models import Client, Inspection
from apps.clients.retention import LEGAL_DUTY
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered
from apps.kernel.refusals import NotHere


class KeptListView(APIView):
    @extend_schema(operation_id="kept_list", parameters=[PAGE], responses=KeptPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Clients who are closed, and whose records the caller's organization must keep."""
        page = page_of(request, queries.kept_clients(request.member))
        detail = {"hits": page["count"], "clients": [str(client.pk) for client in page["results"]]}
        audit.record(verb="clients.kept_listed", by=request.member, purpose=LEGAL_DUTY, detail=detail)
        return Response(KeptPageSerializer(page).data)


class KeptView(APIView):
    @extend_schema(operation_id="kept_retrieve", responses=KeptSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The organization's own seats, consents and papers of one client, with the rule that asks for them."""
        client = kept_client_for(request.member, client_id)
        audit.opened(client, by=request.member, purpose=LEGAL_DUTY)
        return Response(KeptSerializer(queries.kept_of(request.member, client), context={"slug": slug}).data)


class KeptPaperView(APIView):
    @extend_schema(operation_id="kept_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
        """The bytes of a paper that the organization itself has put into the record."""
        paper = kept_paper_for(request.member, client_id, paper_number)
        audit.opened(paper.client, by=request.member, subject=paper, purpose=LEGAL_DUTY)
        return delivered(queries.bytes_of(paper), paper.content_type, f"paper-{paper.number}")


def found_by(request: MemberApiRequest, sent: serializers.Serializer[Any]) -> tuple[dict[str, Any], list[Client]]:
    """What was sent, as the page's form reads it, and whom its words fit."""
    sent.is_valid(raise_exception=True)
    form = InspectionForm({name: str(value) for name, value in sent.validated_data.items()})
    if not form.is_valid():
        raise serializers.ValidationError(said_by(form))
    return form.cleaned_data, queries.clients_to_choose(request.member, form.cleaned_data["q"])


class InspectionSearchView(APIView):
    @extend_schema(
        operation_id="inspections_search",
        request=InspectionSearchSerializer,
        responses=ClosedClientSerializer(many=True),
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Among whom an auditor chooses, once the basis is named: at most twenty. Nothing is opened by it."""
        check_can_inspect(request.member)
        words, found = found_by(request, InspectionSearchSerializer(data=request.data))
        ids = [str(client.pk) for client in found]
        purpose = f"legal-basis:{words['basis']}"
        detail = {"hits": len(ids), "clients": ids}
        audit.record(verb="clients.inspection_searched", by=request.member, purpose=purpose, detail=detail)
        return Response(ClosedClientSerializer(found, many=True).data)


class InspectionsView(APIView):
    @extend_schema(
        operation_id="inspections_open", request=NewInspectionSerializer, responses={201: InspectionSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Open a record for two hours, to oneself alone. Who does not fit the words is not here."""
        check_can_inspect(request.member)
        words, found = found_by(request, NewInspectionSerializer(data=request.data))
        chosen = next((client for client in found if client.pk == words["client"]), None)
        if chosen is None:
            raise NotHere(subject=words["client"])
        about = {name: words[name] for name in ("basis", "reference")}
        opened = actions.open_inspection(client=chosen, **about, by=request.member)
        return shown(request, opened, status.HTTP_201_CREATED)


class InspectionView(APIView):
    @extend_schema(operation_id="inspections_retrieve", responses=InspectionSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """What stands around the record, while the caller's inspection lasts."""
        return shown(request, inspection_for(request.member, client_id))


def shown(request: MemberApiRequest, inspection: Inspection, code: int = status.HTTP_200_OK) -> Response:
    client = inspection.client
    audit.opened(client, by=request.member, subject=inspection, purpose=inspection.purpose)
    about = {"inspection": inspection, "found": queries.inspected(request.member, client)}
    context = {"names": names_of_hands_beside(request.member, client)}
    return Response(InspectionSerializer(about, context=context).data, status=code)
