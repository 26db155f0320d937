"""Answers in set phrases, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotHere
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.api.messages import looked_at
from apps.rooms.api.serializers import AuthorSerializer
from apps.rooms.models import ReactionKind

PHRASE = OpenApiParameter("phrase", OpenApiTypes.STR, OpenApiParameter.PATH, enum=ReactionKind.values)


class WhoReactedSerializer(serializers.Serializer[Any]):
    """Who has answered a message in one phrase, in the order in which they did."""

    kind = serializers.ChoiceField(choices=ReactionKind.choices)
    said = serializers.CharField(source="kind.label", help_text="The phrase, in the caller's language.")
    people = AuthorSerializer(many=True)


class ReactionsView(APIView):
    @extend_schema(operation_id="reactions_list", responses=WhoReactedSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Who has answered the message, phrase by phrase."""
        message = looked_at(request, room_id, message_number)
        found = queries.who_reacted(message, names_beside(request.member, message.room.client))
        return Response(WhoReactedSerializer(found, many=True).data)


class ReactionView(APIView):
    @extend_schema(operation_id="reaction_set", parameters=[PHRASE], request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int, phrase: str) -> Response:
        """The caller answers the message in this phrase; twice is once."""
        message = message_for(request.member, room_id, message_number)
        actions.react(message=message, kind=known(phrase), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="reaction_take_back", parameters=[PHRASE], responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int, phrase: str) -> Response:
        """As if it had never been said."""
        message = message_for(request.member, room_id, message_number)
        actions.take_reaction_back(message=message, kind=known(phrase), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


def known(phrase: str) -> ReactionKind:
    """A phrase of the set; any other is not here."""
    if phrase not in ReactionKind.values:
        raise NotHere(subject="reaction")
    return ReactionKind(phrase)
