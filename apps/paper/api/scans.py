"""Scans for programs, such as a FAX server that hands on what it receives: the same doors, the same verbs."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as FormError
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.audit.api.parsing import BoundedJSONParser
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered
from apps.paper import actions, queries
from apps.paper.access import check_can_use_paper, scan_for
from apps.paper.drawing import check_weight
from apps.paper.forms import DrawnFile, ScansField
from apps.paper.limits import check_whole
from apps.paper.models import Scan, ScanState, WhyQuarantined
from apps.paper.reading import Mark

TABS = [("back", "back"), ("quarantine", "quarantine"), ("settled", "settled")]


class ScanSerializer(serializers.ModelSerializer[Scan]):
    """One page that was scanned; its picture is at `picture/`."""

    state = serializers.ChoiceField(choices=ScanState.choices)
    reason = serializers.ChoiceField(
        choices=WhyQuarantined.choices, allow_blank=True, help_text="Why it is in quarantine; empty where it is not."
    )
    marks = serializers.DictField(
        child=serializers.ChoiceField(choices=[(one.value, one.value) for one in Mark]),
        help_text="The key of each box of the page, and what was found in it.",
    )

    class Meta:
        model = Scan
        fields = [
            *("id", "file_name", "file_page", "state", "sheet", "page", "reason", "marks"),
            *("uploaded_at", "read_at", "settled_at"),
        ]
        read_only_fields = fields


class ScanPageSerializer(serializers.Serializer[Any]):
    """One page of scans, and how many there are."""

    count = serializers.IntegerField()
    results = ScanSerializer(many=True)


class NewScanSerializer(serializers.Serializer[Any]):
    """A PDF, JPEG, PNG or TIFF of at most 20 MB and 30 pages."""

    file = serializers.FileField(allow_empty_file=True)

    def validate_file(self, value: Any) -> DrawnFile:
        check_weight(value.size)
        try:
            return ScansField().clean([value])[0]
        except FormError as error:
            raise serializers.ValidationError(error.messages) from error


class MatchSerializer(serializers.Serializer[Any]):
    """Whose sheet it is."""

    code = serializers.CharField(max_length=40)
    page = serializers.IntegerField(min_value=1, max_value=99, default=1)


class ScansView(APIView):
    # A body of JSON is read too, to be told in the same words that its file is missing.
    parser_classes = [MultiPartParser, BoundedJSONParser]

    @extend_schema(
        operation_id="scans_list",
        parameters=[PAGE, OpenApiParameter("tab", enum=[key for key, _ in TABS])],
        responses=ScanPageSerializer,
    )
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What came back and waits to be confirmed, the quarantine, or what was dealt with; the newest first."""
        check_can_use_paper(request.member)
        page = page_of(request, queries.scans_in(request.member, request.query_params.get("tab", "")))
        return Response(ScanPageSerializer(page).data)

    @extend_schema(
        operation_id="scans_take",
        request={"multipart/form-data": NewScanSerializer},
        responses={201: ScanSerializer(many=True)},
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Send one file of scans; each of its pages is read by itself."""
        check_can_use_paper(request.member)
        check_whole(int(request.META.get("CONTENT_LENGTH") or 0) - 64 * 1024)
        form = NewScanSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        taken = actions.take_files(files=[form.validated_data["file"]], by=request.member)
        return Response(ScanSerializer(taken, many=True).data, status=status.HTTP_201_CREATED)


class ScanView(APIView):
    @extend_schema(operation_id="scan_read", responses=ScanSerializer)
    def get(self, request: MemberApiRequest, slug: str, scan_id: UUID) -> Response:
        """One scan and what was read of it."""
        scan = scan_for(request.member, scan_id)
        audit.looked(verb="paper.scan_opened", by=request.member, subject=scan)
        return Response(ScanSerializer(scan).data)


class PictureView(APIView):
    @extend_schema(operation_id="scan_picture", responses={(200, "image/*"): OpenApiTypes.BINARY})
    def get(self, request: MemberApiRequest, slug: str, scan_id: UUID) -> HttpResponse:
        """The page as it was drawn when it came: PNG or JPEG."""
        scan = scan_for(request.member, scan_id)
        audit.looked(verb="paper.scan_opened", by=request.member, subject=scan)
        content = queries.picture_of(scan)
        return delivered(content, queries.content_type_of(content), "scan")


class MatchView(APIView):
    @extend_schema(operation_id="scan_match", request=MatchSerializer, responses=ScanSerializer)
    def post(self, request: MemberApiRequest, slug: str, scan_id: UUID) -> Response:
        """Say by hand whose sheet a scan in quarantine is."""
        scan = scan_for(request.member, scan_id)
        form = MatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(ScanSerializer(actions.match_scan(scan=scan, **form.validated_data, by=request.member)).data)


class AsideView(APIView):
    @extend_schema(operation_id="scan_aside", request=None, responses=ScanSerializer)
    def post(self, request: MemberApiRequest, slug: str, scan_id: UUID) -> Response:
        """Put a scan aside: nothing more comes of it, and its page may be scanned again."""
        scan = actions.put_aside(scan=scan_for(request.member, scan_id), by=request.member)
        return Response(ScanSerializer(scan).data)
