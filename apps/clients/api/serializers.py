"""How clients and seats are shown to programs, and what they may send."""

from datetime import date
from typing import Any

from rest_framework import serializers

from apps.clients.api.consent_serializers import NewConsentSerializer
from apps.clients.forms import BirthDateField
from apps.clients.models import Client, Seat
from apps.environments.api.serializers import OrganizationSerializer
from apps.environments.forms import NameField, ReadingField
from apps.environments.models import Member


class ClientSerializer(serializers.ModelSerializer[Client]):
    """A client with what tells namesakes apart, and why the caller sees them."""

    why_visible = serializers.SerializerMethodField(help_text="A sentence in the caller's language.")

    class Meta:
        model = Client
        fields = [
            *("id", "name", "kana", "born_on", "area", "school_district", "needs", "weekdays"),
            *("version", "registered_at", "why_visible"),
        ]

    def get_why_visible(self, client: Client) -> str:
        return str(self.context["reasons"].get(client.pk, ""))


class ClientPageSerializer(serializers.Serializer[Any]):
    """One page of clients, and how many there are."""

    count = serializers.IntegerField()
    results = ClientSerializer(many=True)


class NewClientSerializer(serializers.Serializer[Any]):
    """A care recipient to be registered: read by the same rules as the page's form."""

    name = serializers.CharField(max_length=80)
    kana = serializers.CharField(max_length=80)
    born_on = serializers.CharField(max_length=30, help_text="2026-11-21, or in wareki such as S23.4.1")
    area = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    division = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The division in charge. A division registers its own."
    )
    consent = NewConsentSerializer(
        required=False, allow_null=True, default=None, help_text="Needed from everybody but a division."
    )
    is_somebody_else = serializers.BooleanField(
        default=False, help_text="True once a namesake born on the same day has been ruled out."
    )

    def validate_name(self, value: str) -> str:
        return str(NameField().clean(value))

    def validate_kana(self, value: str) -> str:
        return str(ReadingField().clean(value))

    def validate_born_on(self, value: str) -> date:
        return BirthDateField().clean(value)  # type: ignore[return-value]


class PersonSerializer(serializers.ModelSerializer[Member]):
    """A person of an organization on the care team."""

    class Meta:
        model = Member
        fields = ["id", "name", "kana", "profession"]


class SeatSerializer(serializers.Serializer[Any]):
    """An organization's seat with its present people."""

    id = serializers.UUIDField(source="seat.pk")
    organization = OrganizationSerializer(source="seat.organization")
    valid_from = serializers.DateTimeField(source="seat.valid_from")
    people = PersonSerializer(many=True)
    waits_for_consent = serializers.BooleanField(source="waits")


class GivenSeatSerializer(serializers.ModelSerializer[Seat]):
    """A seat that was just given."""

    organization = OrganizationSerializer()

    class Meta:
        model = Seat
        fields = ["id", "organization", "valid_from"]


class SeatGiftSerializer(serializers.Serializer[Any]):
    """Which organization is to have a seat."""

    organization = serializers.UUIDField()
