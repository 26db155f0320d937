"""Surveys on paper, for programs such as a FAX server: who is asked on paper, and their sheets."""

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
from apps.paper.api.sheets import PrintSerializer, SheetSerializer
from apps.paper.asking import address_at
from apps.paper.queries import Returned, returned
from apps.surveys import actions, queries
from apps.surveys.access import asked_recipient_for, check_is_sent, survey_for
from apps.surveys.api.replies import numbered, taken, told
from apps.surveys.api.serializers import ReplySerializer
from apps.surveys.api.views import sent_in
from apps.surveys.forms import MOST
from apps.surveys.models import Recipient
from apps.surveys.on_paper import told_by, unsure_in
from apps.surveys.views.replies import reply_of
from apps.surveys.views.sheets import scan_of


class OnPaperSerializer(serializers.Serializer[Any]):
    """An office that has not answered; `sheet` is the one that counts, or null."""

    number = serializers.IntegerField(source="recipient.number")
    name = serializers.CharField(source="recipient.name")
    has_account = serializers.BooleanField()
    fax = serializers.CharField()
    sheet = SheetSerializer(allow_null=True)


class ReadSheetSerializer(serializers.Serializer[Any]):
    """The pages of a sheet that have come back, and what was read of them; `unsure` are questions to look at closely."""

    pages = serializers.ListField(child=serializers.IntegerField())
    missing = serializers.ListField(child=serializers.IntegerField())
    version = serializers.IntegerField()
    answers = serializers.DictField(child=serializers.JSONField())
    unsure = serializers.ListField(child=serializers.IntegerField())


class ScannedReplySerializer(serializers.Serializer[Any]):
    """What somebody has compared: on which pages, and which answers stand there."""

    pages = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=99), max_length=99)
    version = serializers.IntegerField(min_value=0, max_value=MOST)
    answers = serializers.DictField(child=serializers.JSONField(allow_null=True))


class SheetsView(APIView):
    @extend_schema(operation_id="surveys_on_paper", responses=OnPaperSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Who has not answered, those without an account first."""
        survey = survey_for(request.member, survey_id)
        check_is_sent(survey)
        return Response(OnPaperSerializer(queries.waiting_on_paper(survey), many=True).data)

    @extend_schema(
        operation_id="surveys_print",
        request=PrintSerializer,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> HttpResponse:
        """One PDF with a sheet for each of them. A sheet that was printed before does not count any more."""
        survey, sent = survey_for(request.member, survey_id), sent_in(PrintSerializer, request)
        content = actions.print_survey(survey=survey, **sent, address_of=address_at(request), by=request.member)
        return delivered(content, "application/pdf", "sheets")


class ScanView(APIView):
    @extend_schema(operation_id="surveys_scan", responses=ReadSheetSerializer)
    def get(
        self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int, scan_id: UUID
    ) -> Response:
        """The sheet of a scan as far as it has come back."""
        recipient = asked_recipient_for(request.member, survey_id, recipient_number)
        scan, sheet = scan_of(request.member, recipient, scan_id)
        audit.looked(verb="paper.scan_opened", by=request.member, subject=scan)
        return Response(ReadSheetSerializer(read_of(recipient, returned(sheet))).data)

    @extend_schema(operation_id="surveys_scan_enter", request=ScannedReplySerializer, responses=ReplySerializer)
    def put(
        self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int, scan_id: UUID
    ) -> Response:
        """Let these answers be the office's, on paper. 409 where other pages have come back than were compared."""
        recipient = asked_recipient_for(request.member, survey_id, recipient_number)
        scan, _sheet = scan_of(request.member, recipient, scan_id)
        sent = sent_in(ScannedReplySerializer, request)
        about = sent | {"answers": numbered(sent["answers"]), "scan": scan}
        return told(recipient, taken(actions.enter_scan, recipient=recipient, by=request.member, **about))


def read_of(recipient: Recipient, back: Returned) -> dict[str, Any]:
    questions = queries.questions_of(recipient.survey)
    standing = reply_of(recipient)
    return {
        "pages": back.pages,
        "missing": back.missing,
        "version": standing.version if standing is not None else 0,
        "answers": {str(number): value for number, value in told_by(questions, back.marks).items()},
        "unsure": unsure_in(questions, back.marks),
    }
