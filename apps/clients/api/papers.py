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
from apps.clients.access import check_can_change_team, client_for, opened_paper_for, paper_for
from apps.clients.forms import ScanField
from apps.clients.models import ContentType, PaperKind
from apps.clients.queries import PaperShown
from apps.clients.scans import Scan, check_weight
from apps.environments.forms import NameField
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered


class PaperSerializer(serializers.Serializer[Any]):
    """A paper, without its bytes: those are at `content/`."""

    number = serializers.IntegerField(source="paper.number")
    kind = serializers.ChoiceField(source="paper.kind", choices=PaperKind.choices)
    is_withheld = serializers.BooleanField(
        help_text="It may show where a protected client is: neither its bytes nor what it is called is told."
    )
    title = serializers.SerializerMethodField()
    original_name = serializers.CharField()
    content_type = serializers.ChoiceField(source="paper.content_type", choices=ContentType.choices)
    size = serializers.IntegerField(source="paper.size")
    sha256 = serializers.SerializerMethodField(help_text="Of the bytes; empty where the paper is withheld.")
    uploaded_at = serializers.DateTimeField(source="paper.uploaded_at")

    def get_title(self, shown: PaperShown) -> str:
        return "" if shown.is_withheld else shown.paper.title

    def get_sha256(self, shown: PaperShown) -> str:
        return "" if shown.is_withheld else shown.paper.sha256


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
        shown = queries.papers_shown(request.member, client, queries.papers_of(client))
        return Response(PaperSerializer(shown, many=True).data)

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
        shown = queries.paper_shown(request.member, paper)
        return Response(PaperSerializer(shown).data, status=status.HTTP_201_CREATED)


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
        paper = opened_paper_for(request.member, client, paper_number)
        audit.opened(client, by=request.member, subject=paper)
        return delivered(queries.bytes_of(paper), paper.content_type, f"paper-{paper.number}")


class ClearanceView(APIView):
    @extend_schema(operation_id="papers_clear", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, client_id: UUID, paper_number: int) -> Response:
        """Say, knowing the places of a protected client, that none is shown on a paper: whoever sees the client opens it."""
        client = client_for(request.member, client_id)
        actions.clear_paper(paper=paper_for(request.member, client, paper_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="papers_withhold", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, paper_number: int) -> Response:
        """Take that word back: the paper is closed again to whoever was not let in to the places."""
        client = client_for(request.member, client_id)
        actions.withhold_paper(paper=paper_for(request.member, client, paper_number), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
