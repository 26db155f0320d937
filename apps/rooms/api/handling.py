"""The office's inbox, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import check_can_handle, chosen, message_for
from apps.rooms.api.serializers import AuthorSerializer, MessageSerializer
from apps.rooms.forms import HandlingForm
from apps.rooms.frames import as_author, as_json
from apps.rooms.queries.handling import InHand
from apps.rooms.views.handling import do


class NeedSerializer(serializers.Serializer[Any]):
    organization = serializers.UUIDField()


class HandlingDeedSerializer(serializers.Serializer[Any]):
    deed = serializers.ChoiceField(choices=HandlingForm.DEEDS)
    to = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="To whom it is passed on.")


class InHandSerializer(serializers.Serializer[Any]):
    """A message that needs somebody of the caller's organization."""

    message = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=["open", "taken", "done"])
    handler = serializers.SerializerMethodField()
    needed_at = serializers.DateTimeField(source="handling.needed_at")
    taken_at = serializers.DateTimeField(source="handling.taken_at", allow_null=True)
    done_at = serializers.DateTimeField(source="handling.done_at", allow_null=True)

    @extend_schema_field(MessageSerializer)
    def get_message(self, one: InHand) -> dict[str, Any]:
        return as_json(one.message, one.names, one.since, self.context["reader"])

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_handler(self, one: InHand) -> dict[str, Any] | None:
        return None if one.handling.handler is None else as_author(one.handling.handler, one.names)


class OfficeView(APIView):
    @extend_schema(operation_id="office_list", responses=InHandSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What needs somebody of the caller's organization: what nobody has, what somebody has, and the last of what is
        done; only of messages that the caller may read."""
        found = queries.office_of(request.member)
        everything = [*found.open, *found.taken, *found.done]
        rooms = sorted({str(one.message.room_id) for one in everything})
        audit.looked(verb="rooms.office_listed", by=request.member, detail={"rooms": rooms})
        return Response(InHandSerializer(everything, many=True, context={"reader": request.member.pk}).data)


class HandlingView(APIView):
    @extend_schema(operation_id="handling_need", request=NeedSerializer, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Put the message into an organization's inbox: one's own, or one whose people are in the room."""
        message = message_for(request.member, room_id, message_number)
        check_can_handle(request.member, message)
        sent = NeedSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        organization = chosen(queries.organizations_shown(request.member, message), sent.validated_data["organization"])
        actions.need_somebody(message=message, organization=organization, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="handling_do", request=HandlingDeedSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Take it, give it back, pass it on or finish it, for the caller's organization. Of two who take it in the same
        moment one has it; the other is answered 422 with who has."""
        message = message_for(request.member, room_id, message_number)
        check_can_handle(request.member, message)
        sent = HandlingDeedSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        do(request.member, message, **sent.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)
