"""How a client's record is changed by programs: read by the same rules as the page's form."""

from datetime import date
from typing import Any

from rest_framework import serializers

from apps.clients.forms import BirthDateField
from apps.clients.models import Need, Weekday
from apps.environments.forms import NameField, ReadingField


class EditSerializer(serializers.Serializer[Any]):
    """Some of the facts of a client; what is left out stays as it is."""

    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="The version that was read before: another one is refused."
    )
    name = serializers.CharField(max_length=80, required=False)
    kana = serializers.CharField(max_length=80, required=False)
    born_on = serializers.CharField(max_length=30, required=False, help_text="2026-11-21, or in wareki such as S23.4.1")
    area = serializers.CharField(max_length=80, required=False, allow_blank=True)
    school_district = serializers.CharField(max_length=80, required=False, allow_blank=True)
    needs = serializers.ListField(child=serializers.ChoiceField(choices=Need.choices), required=False)
    weekdays = serializers.ListField(
        child=serializers.ChoiceField(choices=Weekday.choices), required=False, help_text="0 is Monday."
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

    def validate_area(self, value: str) -> str:
        return str(NameField(required=False).clean(value))

    def validate_school_district(self, value: str) -> str:
        return str(NameField(required=False).clean(value))

    def validate_needs(self, value: list[str]) -> list[str]:
        return [need for need in Need.values if need in value]

    def validate_weekdays(self, value: list[int]) -> list[int]:
        return [day for day in Weekday.values if day in value]
