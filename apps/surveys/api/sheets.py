"""Surveys on paper, for programs such as a FAX server: who is asked on paper, and their sheets."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.directory.numbers import dialled
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered
from apps.paper.api.sheets import SheetSerializer
from apps.paper.codes import number_written
from apps.paper.refusals import FaxMistyped
from apps.surveys import actions, queries
from apps.surveys.access import check_is_sent, survey_for
from apps.surveys.api.views import sent_in
from apps.surveys.kinds import Printed
from apps.surveys.views.sheets import address_at


class OnPaperSerializer(serializers.Serializer[Any]):
    """An office that has not answered; `sheet` is the one that counts, or null."""

    number = serializers.IntegerField(source="recipient.number")
    name = serializers.CharField(source="recipient.name")
    has_account = serializers.BooleanField()
    fax = serializers.CharField()
    sheet = SheetSerializer(allow_null=True)


class PrintSerializer(serializers.Serializer[Any]):
    """For whom, and the FAX number to which an answer goes back."""

    whom = serializers.ChoiceField(choices=Printed.choices, default=Printed.WITHOUT_ACCOUNT)
    fax = serializers.CharField(max_length=20)

    def validate_fax(self, typed: str) -> str:
        if not dialled(typed):
            raise serializers.ValidationError(FaxMistyped.sentence, code=FaxMistyped.code)
        return number_written(typed)


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
