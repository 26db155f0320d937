"""The wording of the consent form and the printed sheets, for programs."""

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
from apps.clients.access import check_can_change_team, client_for, names_beside, printed_form_for
from apps.clients.api.team_serializers import said_by
from apps.clients.forms import WordingForm
from apps.clients.models import ConsentWording, ContentType, PrintedForm
from apps.clients.models.wordings import LONGEST_WORDING
from apps.clients.printing import consent_pdf
from apps.environments.access import check_can_administer
from apps.environments.requests import MemberApiRequest
from apps.files.delivery import delivered


class WordingSerializer(serializers.ModelSerializer[ConsentWording]):
    """One version of the wording."""

    class Meta:
        model = ConsentWording
        fields = ["number", "text", "is_own", "written_at"]


class NewWordingSerializer(serializers.Serializer[Any]):
    """The text, and the number of the version it was written after, 0 for none; read by the page's rules."""

    text = serializers.CharField(max_length=LONGEST_WORDING)
    after = serializers.IntegerField(min_value=0, max_value=2**31 - 1)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        form = WordingForm(sent)
        if not form.is_valid():
            raise serializers.ValidationError(said_by(form))
        return form.version()


class PrintedFormSerializer(serializers.ModelSerializer[PrintedForm]):
    """A sheet that was printed for a client, to be signed."""

    wording = serializers.IntegerField(source="wording.number", help_text="The number of the version.")
    printed_by = serializers.SerializerMethodField(help_text="As far as the caller may know who works with the client.")

    def get_printed_by(self, form: PrintedForm) -> str:
        return str(self.context["names"].of(form.printed_by).name)

    class Meta:
        model = PrintedForm
        fields = ["number", "wording", "printed_at", "printed_by"]


class WordingsView(APIView):
    @extend_schema(operation_id="wordings_list", responses=WordingSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Every version, the newest first; empty while the house's text has never been printed."""
        check_can_administer(request.member)
        return Response(WordingSerializer(queries.wordings().versions, many=True).data)

    @extend_schema(operation_id="wordings_write", request=NewWordingSerializer, responses={201: WordingSerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Write a further version, which is printed from now on."""
        check_can_administer(request.member)
        form = NewWordingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        written = actions.write_wording(**form.validated_data, by=request.member)
        return Response(WordingSerializer(written).data, status=status.HTTP_201_CREATED)


class PrintedFormsView(APIView):
    @extend_schema(operation_id="consent_forms_list", responses=PrintedFormSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The sheets that were printed for a client, the newest first."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        audit.opened(client, by=request.member)
        context = {"names": names_beside(request.member, client)}
        return Response(PrintedFormSerializer(queries.forms_of(client), many=True, context=context).data)

    @extend_schema(operation_id="consent_forms_print", request=None, responses={201: PrintedFormSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Print a further sheet; its file is fetched by its number."""
        client = client_for(request.member, client_id)
        form = actions.print_form(client=client, by=request.member)
        context = {"names": names_beside(request.member, client)}
        return Response(PrintedFormSerializer(form, context=context).data, status=status.HTTP_201_CREATED)


class PrintedFormContentView(APIView):
    @extend_schema(operation_id="consent_forms_content", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID, form_number: int) -> HttpResponse:
        """The sheet as it was printed, as PDF."""
        client = client_for(request.member, client_id)
        check_can_change_team(request.member, client)
        form = printed_form_for(request.member, client, form_number)
        audit.opened(client, by=request.member)
        return delivered(consent_pdf(form, reader=request.member), ContentType.PDF, "consent-form")
