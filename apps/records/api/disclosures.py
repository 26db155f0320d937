"""Whole rooms handed over, for programs: the doors and verbs of the page."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.kernel.my_number import no_individual_number
from apps.records import actions
from apps.records.access import check_can_disclose, disclosure_for, disclosures_of
from apps.records.models import Ground
from apps.records.views.disclosures import package
from apps.rooms.access import room_for
from apps.rooms.views.doors import look


class NewDisclosureSerializer(serializers.Serializer[Any]):
    """Why, and to whom, a room is handed over."""

    ground = serializers.ChoiceField(choices=Ground.choices)
    reference = serializers.CharField(max_length=120, validators=[no_individual_number])
    addressee = serializers.CharField(max_length=120, validators=[no_individual_number])


class DisclosureSerializer(NewDisclosureSerializer):
    """A package: `done` of `of` messages are in it; it is there from `made_at` until `ends_at`."""

    id = serializers.UUIDField()
    asked_at = serializers.DateTimeField()
    done = serializers.IntegerField()
    of = serializers.IntegerField()
    files = serializers.IntegerField()
    made_at = serializers.DateTimeField(allow_null=True)
    failed_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class DisclosuresView(APIView):
    @extend_schema(operation_id="disclosures_list", responses=DisclosureSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """What was made of the room, the newest first: at most 50."""
        room = check_can_disclose(request.member, room_for(request.member, room_id))
        look(request, room)
        return Response(DisclosureSerializer(disclosures_of(request.member, room)[:50], many=True).data)

    @extend_schema(
        operation_id="disclosures_create",
        request=NewDisclosureSerializer,
        responses={202: DisclosureSerializer, 409: OpenApiResponse(description="One of the room is being made.")},
    )
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Let a package of everything in the room be made; ask again for how far it is."""
        room = check_can_disclose(request.member, room_for(request.member, room_id))
        sent = NewDisclosureSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.ask_for_disclosure(room=room, by=request.member, **sent.validated_data)
        return Response(DisclosureSerializer(made).data, status=status.HTTP_202_ACCEPTED)


class DisclosureView(APIView):
    @extend_schema(operation_id="disclosures_retrieve", responses=DisclosureSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, disclosure_id: UUID) -> Response:
        """How far one is."""
        room = room_for(request.member, room_id)
        found = disclosure_for(request.member, room, disclosure_id)
        look(request, room)
        return Response(DisclosureSerializer(found).data)


class DisclosureContentView(APIView):
    @extend_schema(operation_id="disclosures_content", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, disclosure_id: UUID) -> Any:
        """The package itself; each time is in the ledger."""
        room = room_for(request.member, room_id)
        return package(request, disclosure_for(request.member, room, disclosure_id))
