"""How consents are shown to programs, and what they may send."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.clients.forms import DayField, beginning_of, end_of
from apps.clients.models import Purpose, Signer
from apps.environments.forms import NameField
from apps.environments.models import OrganizationKind


class NewConsentSerializer(serializers.Serializer[Any]):
    """What stands on a signed paper: read by the same rules as the page's form."""

    signer = serializers.ChoiceField(choices=Signer.choices)
    signer_name = serializers.CharField(max_length=80)
    relation = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default="", help_text="Needed unless the client has signed."
    )
    signed_on = serializers.CharField(max_length=30, help_text="2026-04-01, or in wareki such as R8.4.1")
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=Purpose.choices), allow_empty=False)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=OrganizationKind.choices), default=list)
    organizations = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=200)
    covers_family = serializers.BooleanField(default=False)
    valid_from = serializers.CharField(
        max_length=30,
        required=False,
        allow_null=True,
        default=None,
        help_text="The first day; today when it is missing.",
    )
    valid_to = serializers.CharField(
        max_length=30, required=False, allow_null=True, default=None, help_text="The last day; open when it is missing."
    )
    reference = serializers.CharField(
        max_length=120, required=False, allow_blank=True, default="", help_text="Where the paper is kept."
    )
    paper = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text="The number of its scan among the client's papers. This or the reference is needed.",
    )

    form = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text="The number of the printed form that was signed, where it was one of the house's.",
    )

    def validate_signed_on(self, value: str) -> date:
        return DayField().clean(value)

    def validate_valid_from(self, value: str | None) -> datetime | None:
        return beginning_of(DayField().clean(value)) if value else None

    def validate_valid_to(self, value: str | None) -> datetime | None:
        return end_of(DayField().clean(value)) if value else None

    def validate_signer_name(self, value: str) -> str:
        return str(NameField().clean(value))

    def validate_relation(self, value: str) -> str:
        return str(NameField(required=False).clean(value))

    def validate_reference(self, value: str) -> str:
        return str(NameField(max_length=120, required=False).clean(value))

    def validate_purposes(self, value: list[str]) -> list[str]:
        return list(dict.fromkeys(value))

    def validate_kinds(self, value: list[str]) -> list[str]:
        return list(dict.fromkeys(value))

    def validate_organizations(self, value: list[UUID]) -> list[UUID]:
        return list(dict.fromkeys(value))


class ConsentSerializer(serializers.Serializer[Any]):
    """A consent with whom it covers."""

    id = serializers.UUIDField(source="record.pk")
    signer = serializers.ChoiceField(source="record.signer", choices=Signer.choices)
    signer_name = serializers.CharField(source="record.signer_name")
    relation = serializers.CharField(source="record.relation")
    signed_on = serializers.DateField(source="record.signed_on")
    purposes = serializers.ListField(source="record.purposes", child=serializers.ChoiceField(choices=Purpose.choices))
    covers = serializers.ListField(
        source="covered", child=serializers.CharField(), help_text="Kinds and organizations."
    )
    covers_family = serializers.BooleanField(source="record.covers_family")
    valid_from = serializers.DateTimeField(source="record.valid_from")
    valid_to = serializers.DateTimeField(source="record.valid_to", allow_null=True)
    reference = serializers.CharField(source="record.reference")
    paper = serializers.IntegerField(
        source="record.paper.number", default=None, help_text="The number of its scan among the client's papers."
    )
    form = serializers.IntegerField(
        source="record.form.number", default=None, help_text="The number of the printed form that was signed."
    )
    wording = serializers.IntegerField(
        source="record.form.wording.number", default=None, help_text="The version of the wording it was printed in."
    )
    withdrawn_at = serializers.DateTimeField(source="record.withdrawn_at", allow_null=True)
    is_in_force = serializers.BooleanField(source="record.is_in_force")


class EvidenceSerializer(serializers.Serializer[Any]):
    """The scan of the signed paper, which was put among the client's papers before."""

    paper = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="Its number among the papers.")


class WithdrawalSerializer(serializers.Serializer[Any]):
    """How a consent was withdrawn: a program says so, that no stray request closes a door."""

    note = serializers.CharField(max_length=200)


class WaitingCardSerializer(serializers.Serializer[Any]):
    """A seat that waits for consent: it names nobody."""

    id = serializers.UUIDField(help_text="Of the seat.")
    age_band = serializers.CharField()
    since = serializers.DateTimeField()
    support = serializers.CharField()
    weekdays = serializers.ListField(child=serializers.CharField(), help_text="Of a child, in words.")
    needs = serializers.ListField(child=serializers.CharField(), help_text="Of a child, in words.")
    school_district = serializers.CharField(help_text="Of a child.")


class WaitingPageSerializer(serializers.Serializer[Any]):
    """One page of the cards, and how many there are."""

    count = serializers.IntegerField()
    results = WaitingCardSerializer(many=True)
