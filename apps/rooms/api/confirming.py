"""Confirmations, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import FIFTY
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import ask_for, check_can_ask, message_for
from apps.rooms.api.messages import looked_at
from apps.rooms.api.serializers import AuthorSerializer, MessageSerializer
from apps.rooms.frames import as_json
from apps.rooms.models import AskedOf


class AskSerializer(serializers.Serializer[Any]):
    of = serializers.ChoiceField(
        choices=AskedOf.choices, help_text="Whether one person of each organization is enough, or everybody is asked."
    )


class ConfirmingSerializer(serializers.Serializer[Any]):
    """Somebody who is asked, and when they confirmed."""

    person = AuthorSerializer(source="shown")
    acknowledged_at = serializers.DateTimeField(source="at", allow_null=True)
    is_missing = serializers.BooleanField()


class BodyAskedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    is_done = serializers.BooleanField()
    people = ConfirmingSerializer(many=True)


class HowManySerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    of = serializers.IntegerField()


class AskListSerializer(serializers.Serializer[Any]):
    """Who has confirmed and who is missing, organization by organization: for a guest their own alone."""

    by_organization = serializers.BooleanField()
    count = HowManySerializer()
    organizations = BodyAskedSerializer(source="bodies", many=True)
    reminded_at = serializers.DateTimeField(allow_null=True)


class WaitingForMeSerializer(serializers.Serializer[Any]):
    message = MessageSerializer()
    asked_at = serializers.DateTimeField()


class RemindedSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField(help_text="How many were told.")


class AskView(APIView):
    @extend_schema(operation_id="confirmation_ask", request=AskSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """The author asks whoever is in the room now to confirm the message. What was asked first stays."""
        message = message_for(request.member, room_id, message_number)
        check_can_ask(request.member, message)
        sent = AskSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.ask_to_confirm(message=message, by=request.member, **sent.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcknowledgementView(APIView):
    @extend_schema(operation_id="confirmation_give", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Say that the caller has taken note; it is not taken back. 404 where nothing is asked."""
        message = message_for(request.member, room_id, message_number)
        actions.acknowledge(message=message, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcknowledgementsView(APIView):
    @extend_schema(operation_id="confirmations_list", responses=AskListSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Who has confirmed when, and who is missing."""
        message = looked_at(request, room_id, message_number)
        ask_for(message)
        return Response(AskListSerializer(queries.ask_list(request.member, message)).data)


class ReminderView(APIView):
    @extend_schema(operation_id="confirmation_remind", request=None, responses=RemindedSerializer)
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Tell those who are missing once more: whoever asked may, at most every four hours."""
        message = message_for(request.member, room_id, message_number)
        return Response({"people": actions.remind(message=message, by=request.member)})


class WaitingForMePageSerializer(serializers.Serializer[Any]):
    """One page of what waits for the caller's confirmation, and how much there is."""

    count = serializers.IntegerField()
    results = WaitingForMeSerializer(many=True)


class ToConfirmView(APIView):
    @extend_schema(operation_id="to_confirm_list", parameters=[FIFTY], responses=WaitingForMePageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller is asked to confirm and has not, the newest first."""
        found = queries.asked_of_me(request.member, request.query_params.get("page"))
        rooms = sorted({str(one.message.room_id) for one in found})
        audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": "confirm", "rooms": rooms})
        results = [
            {
                "message": as_json(one.message, one.names, one.since, request.member.pk),
                "asked_at": one.ask.asked_at.isoformat(),
            }
            for one in found
        ]
        return Response({"count": found.paginator.count, "results": results})
