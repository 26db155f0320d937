"""Inquiries on paper, for programs such as a FAX server: who is asked on paper, and their sheets."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered
from apps.inquiries import actions
from apps.inquiries.access import inquiry_for, recipient_for
from apps.inquiries.api.serializers import InquirySerializer, NewInquiryReplySerializer
from apps.inquiries.api.views import sent_in
from apps.inquiries.kinds import Reason
from apps.inquiries.on_paper import told_by, waiting_on_paper
from apps.inquiries.queries import reply_of
from apps.inquiries.views.sheets import scan_of
from apps.paper.api.sheets import PrintSerializer, SheetSerializer
from apps.paper.asking import address_at
from apps.paper.queries import returned


class InquiryOnPaperSerializer(serializers.Serializer[Any]):
    """An office that has not answered; `sheet` is the one that counts, or null."""

    recipient = serializers.UUIDField(source="recipient.pk")
    name = serializers.CharField(source="recipient.name")
    has_account = serializers.BooleanField()
    fax = serializers.CharField()
    sheet = SheetSerializer(allow_null=True)


class ReadInquirySheetSerializer(serializers.Serializer[Any]):
    """The pages of a sheet that have come back, and what was read of them; `unsure` are questions to look at closely."""

    pages = serializers.ListField(child=serializers.IntegerField())
    missing = serializers.ListField(child=serializers.IntegerField())
    version = serializers.IntegerField()
    said = serializers.CharField(allow_blank=True)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices))
    unsure = serializers.ListField(child=serializers.IntegerField())


class ScannedInquiryReplySerializer(NewInquiryReplySerializer):
    """What somebody has compared: on which pages, and what stands there."""

    pages = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=99), max_length=99)


class InquirySheetsView(APIView):
    @extend_schema(operation_id="inquiries_on_paper", responses=InquiryOnPaperSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """Who has not answered, those without an account first."""
        found = inquiry_for(request.member, inquiry_id)
        audit.opened(found.for_whom.client, by=request.member, subject=found)
        return Response(InquiryOnPaperSerializer(waiting_on_paper(found), many=True).data)

    @extend_schema(
        operation_id="inquiries_print",
        request=PrintSerializer,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def post(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
        """One PDF with a sheet for each of them. A sheet that was printed before does not count any more."""
        found, sent = inquiry_for(request.member, inquiry_id), sent_in(PrintSerializer, request)
        content = actions.print_inquiry(inquiry=found, **sent, address_of=address_at(request), by=request.member)
        return delivered(content, "application/pdf", "sheets")


class InquiryScanView(APIView):
    @extend_schema(operation_id="inquiries_scan", responses=ReadInquirySheetSerializer)
    def get(
        self, request: MemberApiRequest, slug: str, inquiry_id: UUID, recipient_id: UUID, scan_id: UUID
    ) -> Response:
        """The sheet of a scan as far as it has come back."""
        asked = recipient_for(request.member, inquiry_id, recipient_id)
        scan, sheet = scan_of(request.member, asked, scan_id)
        audit.opened(asked.inquiry.for_whom.client, by=request.member, subject=scan)
        back, reply = returned(sheet), reply_of(asked)
        told = told_by(back.marks)
        read = {"pages": back.pages, "missing": back.missing, "version": 0 if reply is None else reply.version}
        read |= {"said": told.said, "reasons": told.reasons, "unsure": told.unsure}
        return Response(ReadInquirySheetSerializer(read).data)

    @extend_schema(
        operation_id="inquiries_scan_enter", request=ScannedInquiryReplySerializer, responses=InquirySerializer
    )
    def put(
        self, request: MemberApiRequest, slug: str, inquiry_id: UUID, recipient_id: UUID, scan_id: UUID
    ) -> Response:
        """Let this be the office's answer, on paper. 409 where other pages have come back than were compared."""
        asked = recipient_for(request.member, inquiry_id, recipient_id)
        scan, _sheet = scan_of(request.member, asked, scan_id)
        sent = sent_in(ScannedInquiryReplySerializer, request)
        actions.enter_scan(recipient=asked, scan=scan, by=request.member, **sent)
        return Response(InquirySerializer(inquiry_for(request.member, inquiry_id)).data)
