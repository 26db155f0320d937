"""Where a client is to be found, and who may know it, for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions
from apps.clients.access import (
    can_see_places,
    check_can_protect,
    check_can_write_places,
    client_for,
    names_of_hands_beside,
    petition_for,
    petitions_visible_to,
    places_visible_to,
)
from apps.clients.access.protection import check_can_petition
from apps.clients.api.team_serializers import said_by
from apps.clients.forms import PetitionForm, PlaceForm
from apps.clients.models import Client, Petition, PetitionKind, PlaceKind
from apps.environments.requests import MemberApiRequest


class ClientPlaceSerializer(serializers.Serializer[Any]):
    """One place."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    text = serializers.CharField()
    valid_from = serializers.DateTimeField()


class ClientPlacesSerializer(serializers.Serializer[Any]):
    """The places of a client; none of them where they are withheld from the caller."""

    is_protected = serializers.BooleanField()
    is_withheld = serializers.BooleanField(help_text="The client is protected, and the caller has not been let in.")
    places = ClientPlaceSerializer(many=True)


class NewClientPlaceSerializer(serializers.Serializer[Any]):
    """Area and school district are written here only of a protected client; otherwise they stand in the record."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    text = serializers.CharField(max_length=200)


class WrittenClientPlaceSerializer(serializers.Serializer[Any]):
    """What was written, without showing it: of a protected client a place is written unseen."""

    id = serializers.UUIDField(source="pk")
    kind = serializers.ChoiceField(choices=PlaceKind.choices)


class ProtectionSerializer(serializers.Serializer[Any]):
    """That the client is to be protected: a program says so, that no stray request withholds anything. To lift it takes a
    petition."""

    is_protected = serializers.BooleanField()

    def validate_is_protected(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError(serializers.Field.default_error_messages["required"])
        return value


class NewPetitionSerializer(serializers.Serializer[Any]):
    """What is asked of the others of the division, and what it is needed for."""

    kind = serializers.ChoiceField(choices=PetitionKind.choices)
    reason = serializers.CharField(max_length=300)


class PetitionSerializer(serializers.Serializer[Petition]):
    """A petition: who asks, what for, and how far it has come."""

    id = serializers.UUIDField(source="pk")
    kind = serializers.ChoiceField(choices=PetitionKind.choices)
    reason = serializers.CharField()
    asked_by = serializers.SerializerMethodField()
    organization = serializers.SerializerMethodField(help_text="Its kind where its name would tell a protected place.")
    asked_at = serializers.DateTimeField()
    decide_until = serializers.DateTimeField()
    approvals = serializers.IntegerField()
    needs = serializers.IntegerField()
    is_waiting = serializers.BooleanField()
    is_seeing = serializers.BooleanField(help_text="The places are shown to who asked, now.")
    closes_at = serializers.DateTimeField(allow_null=True)

    def get_asked_by(self, petition: Petition) -> str:
        return str(self.context["names"].of(petition.asked_by).name)

    def get_organization(self, petition: Petition) -> str:
        return str(self.context["names"].of(petition.asked_by).organization)


def read_by(form: Any) -> dict[str, Any]:
    """What the page's form reads, or what it has to say."""
    if not form.is_valid():
        raise serializers.ValidationError(said_by(form))
    return dict(form.cleaned_data)


class PlacesView(APIView):
    @extend_schema(operation_id="places_list", responses=ClientPlacesSerializer)
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Where the client is to be found, for whom it is not withheld from."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        sees = can_see_places(request.member, client)
        if sees and client.is_protected:
            audit.looked(
                verb="clients.places_opened", subject=client, client=client, by=request.member, purpose="protected"
            )
        places = places_visible_to(request.member, client)
        told = {"is_protected": client.is_protected, "is_withheld": not sees, "places": places}
        return Response(ClientPlacesSerializer(told).data)

    @extend_schema(
        operation_id="places_write", request=NewClientPlaceSerializer, responses={201: WrittenClientPlaceSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Write down a place; what was written of this kind before ends. The answer does not show it."""
        client = client_for(request.member, client_id)
        check_can_write_places(request.member, client)
        sent = NewClientPlaceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = read_by(PlaceForm(sent.validated_data, client=client))
        place = actions.write_place(client=client, by=request.member, **given)
        return Response(WrittenClientPlaceSerializer(place).data, status=status.HTTP_201_CREATED)


class ProtectionView(APIView):
    @extend_schema(operation_id="protection_mark", request=ProtectionSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Withhold the places from now on. One of the division does it; two lift it again, by a petition."""
        client = client_for(request.member, client_id)
        check_can_protect(request.member, client)
        ProtectionSerializer(data=request.data).is_valid(raise_exception=True)
        actions.protect_client(client=client, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


def told(request: MemberApiRequest, client: Client, petitions: Any, *, many: bool) -> Any:
    names = names_of_hands_beside(request.member, client)
    return PetitionSerializer(petitions, many=many, context={"names": names}).data


class PetitionsView(APIView):
    @extend_schema(operation_id="petitions_list", responses=PetitionSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The caller's own petitions about a client; to the division in charge, everybody's. The newest first."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(told(request, client, petitions_visible_to(request.member, client), many=True))

    @extend_schema(operation_id="petitions_ask", request=NewPetitionSerializer, responses={201: PetitionSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Ask to see the places of a protected client (`see`), or to lift the protection (`lift`)."""
        client = client_for(request.member, client_id)
        kind = request.data.get("kind", "") if isinstance(request.data, dict) else ""
        check_can_petition(request.member, client, kind if isinstance(kind, str) else "")
        sent = NewPetitionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = actions.petition(client=client, by=request.member, **read_by(PetitionForm(sent.validated_data)))
        return Response(told(request, client, asked, many=False), status=status.HTTP_201_CREATED)


class PetitionView(APIView):
    @extend_schema(operation_id="petitions_end", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, petition_id: UUID) -> Response:
        """End a petition, or what it shows: who has asked, or anybody of the division."""
        client = client_for(request.member, client_id)
        actions.end_petition(petition=petition_for(request.member, client, petition_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PetitionApprovalView(APIView):
    @extend_schema(operation_id="petitions_approve", request=None, responses=PetitionSerializer)
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, petition_id: UUID) -> Response:
        """Approve: with the second approval the places are shown for 30 days, with the first a protection is lifted."""
        client = client_for(request.member, client_id)
        actions.approve_petition(petition=petition_for(request.member, client, petition_id), by=request.member)
        return Response(told(request, client, petition_for(request.member, client, petition_id), many=False))
