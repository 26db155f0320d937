"""How clients and seats are shown to programs, and what they may send."""

from datetime import date
from typing import Any

from rest_framework import serializers

from apps.clients.api.consent_serializers import NewConsentSerializer
from apps.clients.api.team_serializers import said_by
from apps.clients.forms import BirthDateField, SeatForm
from apps.clients.models import Client, Seat, SeatPurpose, TeamRole
from apps.environments.api.serializers import OrganizationSerializer
from apps.environments.forms import NameField, ReadingField
from apps.environments.models import OrganizationKind


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


class PersonSerializer(serializers.Serializer[Any]):
    """A person of an organization on the care team, as the caller may be shown them: to a guest who has not met them
    "another participant", without an id."""

    id = serializers.UUIDField(source="shown.id", allow_null=True)
    name = serializers.CharField(source="shown.name")
    profession = serializers.CharField(source="member.profession")
    named_as = serializers.ChoiceField(
        source="named.role",
        choices=TeamRole.choices,
        default=None,
        allow_null=True,
        help_text="Their role on the team.",
    )
    person_id = serializers.UUIDField(
        source="named.pk",
        default=None,
        allow_null=True,
        help_text="Their period on the team, where they are named on it.",
    )
    why_visible = serializers.CharField(source="why", help_text="A sentence in the caller's language.")


class BodySerializer(serializers.Serializer[Any]):
    """An organization as the caller may be shown it: to a guest who knows nobody of it, its kind alone."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(source="kind_code", choices=OrganizationKind.choices)
    phone = serializers.CharField()


class SeatSerializer(serializers.Serializer[Any]):
    """An organization's seat with its present people."""

    id = serializers.UUIDField(source="seat.pk")
    organization = BodySerializer(source="body")
    role = serializers.ChoiceField(source="seat.role", choices=[("", ""), *TeamRole.choices])
    purpose = serializers.ChoiceField(source="seat.purpose", choices=SeatPurpose.choices)
    valid_from = serializers.DateTimeField(source="seat.valid_from")
    valid_to = serializers.DateTimeField(source="seat.valid_to", allow_null=True)
    people = PersonSerializer(many=True)
    waits_for_consent = serializers.BooleanField(source="waits")


class GivenSeatSerializer(serializers.ModelSerializer[Seat]):
    """A seat that was just given."""

    organization = OrganizationSerializer()

    class Meta:
        model = Seat
        fields = ["id", "organization", "purpose", "role", "valid_from", "valid_to"]


class SeatGiftSerializer(serializers.Serializer[Any]):
    """Which organization is to have a seat, for what, as what, from which day until which day; read by the page's rules."""

    organization = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=SeatPurpose.choices, default=SeatPurpose.COORDINATION)
    role = serializers.CharField(required=False, allow_blank=True, default="", max_length=32)
    first = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)
    last = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        form = SeatForm(sent)
        if not form.is_valid():
            raise serializers.ValidationError(said_by(form))
        return {"organization": sent["organization"], "period": form.seat()}
