"""Papers for programs: the same doors, the same actions, the same entries in the ledger."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.audit.api.parsing import BoundedJSONParser
from apps.clients import actions, queries
from apps.clients.access import check_can_change_team, client_for, paper_for
from apps.clients.delivery import delivered
from apps.clients.forms import ScanField
from apps.clients.models import ClientPaper, PaperKind
from apps.clients.scans import Scan, check_weight
from apps.environments.forms import NameField
from apps.environments.requests import MemberApiRequest


class PaperSerializer(serializers.ModelSerializer[ClientPaper]):
    """A paper, without its bytes: those are at `content/`."""

    class Meta:
        model = ClientPaper
        fields = ["number", "kind", "title", "original_name", "content_type", "size", "sha256", "uploaded_at"]


class NewPaperSerializer(serializers.Serializer[Any]):
    """A PDF, JPEG or PNG of at most 10 MB; its content decides what it is."""

    file = serializers.FileField(allow_empty_file=True)
    kind = serializers.ChoiceField(choices=PaperKind.choices)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")

    def validate_file(self, value: Any) -> Scan | None:
        return ScanField().clean(value)

    def validate_title(self, value: str) -> str:
        return str(NameField(required=False).clean(value))


class PapersView(APIView):
    # A body of JSON is read too, to be told in the same words that its file is missing.
    parser_classes = [MultiPartParser, BoundedJSONParser]

    @extend_schema(operation_id="papers_list", responses=PaperSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The papers in a client's record, the newest first."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(PaperSerializer(queries.papers_of(client), many=True).data)

    @extend_schema(
        operation_id="papers_keep",
        request={"multipart/form-data": NewPaperSerializer},
        responses={201: PaperSerializer},
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Put a file into a client's record."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        check_weight(int(request.META.get("CONTENT_LENGTH") or 0) - 64 * 1024)
        form = NewPaperSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = form.validated_data
        scan, kind, title = sent["file"], sent["kind"], sent["title"]
        paper = actions.keep_paper(client=client, scan=scan, kind=kind, title=title, by=request.member)
        return Response(PaperSerializer(paper).data, status=status.HTTP_201_CREATED)


class PaperView(APIView):
    @extend_schema(operation_id="papers_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, paper_number: int) -> Response:
        """Take a paper out of sight, for everybody. It is kept for the retention time."""
        client = client_for(request.member, client_id)
        actions.remove_paper(paper=paper_for(request.member, client, paper_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PaperContentView(APIView):
    @extend_schema(operation_id="papers_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
        """The bytes of a paper."""
        client = client_for(request.member, client_id)
        paper = paper_for(request.member, client, paper_number)
        audit.opened(client, by=request.member, subject=paper)
        return delivered(queries.bytes_of(paper), paper.content_type, f"paper-{paper.number}")
