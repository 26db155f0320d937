"""Sheets for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.directory.numbers import dialled
from apps.environments.requests import MemberApiRequest
from apps.paper import actions
from apps.paper.access import check_can_use_paper, sheet_for, sheet_with_code
from apps.paper.codes import number_written
from apps.paper.kinds import Printed
from apps.paper.models import Sheet, SheetState
from apps.paper.refusals import FaxMistyped


class SheetSerializer(serializers.ModelSerializer[Sheet]):
    """A sheet that was made for one receiver."""

    state = serializers.ChoiceField(choices=SheetState.choices)

    class Meta:
        model = Sheet
        fields = [
            *("id", "code", "title", "made_for", "state", "pages"),
            *("due_at", "made_at", "printed_at", "answered_at", "voided_at"),
        ]
        read_only_fields = fields

    pages = serializers.IntegerField()


class PrintSerializer(serializers.Serializer[Any]):
    """For whom, and the FAX number to which an answer goes back."""

    whom = serializers.ChoiceField(choices=Printed.choices, default=Printed.WITHOUT_ACCOUNT)
    fax = serializers.CharField(max_length=20)

    def validate_fax(self, typed: str) -> str:
        if not dialled(typed):
            raise serializers.ValidationError(FaxMistyped.sentence, code=FaxMistyped.code)
        return number_written(typed)


class TypedCodeSerializer(serializers.Serializer[Any]):
    """A code as it was read or typed."""

    code = serializers.CharField(max_length=40)


class CodeView(APIView):
    @extend_schema(operation_id="sheet_by_code", request=TypedCodeSerializer, responses=SheetSerializer)
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """The sheet with this code; in a POST, so that codes stand in no log of addresses."""
        check_can_use_paper(request.member)
        form = TypedCodeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(SheetSerializer(sheet_with_code(request.member, form.validated_data["code"])).data)


class SheetView(APIView):
    @extend_schema(operation_id="sheet_read", responses=SheetSerializer)
    def get(self, request: MemberApiRequest, slug: str, sheet_id: UUID) -> Response:
        """One sheet."""
        return Response(SheetSerializer(sheet_for(request.member, sheet_id)).data)


class VoidView(APIView):
    @extend_schema(operation_id="sheet_void", request=None, responses=SheetSerializer)
    def post(self, request: MemberApiRequest, slug: str, sheet_id: UUID) -> Response:
        """Let a sheet not count any more."""
        sheet = actions.void_sheet(sheet=sheet_for(request.member, sheet_id), by=request.member)
        return Response(SheetSerializer(sheet).data)
