"""How a client's record is changed by programs: read by the same rules as the page's form."""

from datetime import date
from typing import Any

from rest_framework import serializers

from apps.clients.forms import BirthDateField, DayField
from apps.clients.models import CareLevel, Certificate, Certification, ClientNumber, Need, Weekday
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


class NewNumberSerializer(serializers.Serializer[Any]):
    """The number of a certificate; whether it can be one is decided as on the page."""

    certificate = serializers.ChoiceField(choices=Certificate.choices)
    number = serializers.CharField(max_length=30)
    insurer_number = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    is_checked = serializers.BooleanField(
        default=False, help_text="True once an insurer number whose check digit does not fit has been compared."
    )


class NumberSerializer(serializers.ModelSerializer[ClientNumber]):
    """A number as it is shown everywhere: masked. Opening it is an endpoint of its own."""

    masked = serializers.CharField()

    class Meta:
        model = ClientNumber
        fields = ["id", "certificate", "masked", "insurer_number", "written_at"]


class OpenedNumberSerializer(serializers.Serializer[Any]):
    """A number in full."""

    number = serializers.CharField()


class NewCertificationSerializer(serializers.Serializer[Any]):
    """A period with its care level, or with the days per month it grants."""

    certificate = serializers.ChoiceField(choices=Certificate.choices)
    care_level = serializers.ChoiceField(choices=CareLevel.choices, required=False, allow_blank=True, default="")
    granted_days = serializers.IntegerField(min_value=1, max_value=31, required=False, allow_null=True, default=None)
    first_day = serializers.CharField(max_length=30, help_text="2026-04-01, or in wareki such as R8.4.1")
    last_day = serializers.CharField(max_length=30, required=False, allow_null=True, default=None)

    def validate_first_day(self, value: str) -> date:
        return DayField().clean(value)

    def validate_last_day(self, value: str | None) -> date | None:
        return DayField().clean(value) if value else None


class CertificationSerializer(serializers.ModelSerializer[Certification]):
    """A certified period; one that was struck out stays in the list."""

    class Meta:
        model = Certification
        fields = [
            *("id", "certificate", "care_level", "granted_days", "first_day", "last_day"),
            *("written_at", "struck_at"),
        ]


class NewContactSerializer(serializers.Serializer[Any]):
    """Somebody of the family; no way to reach them is required."""

    name = serializers.CharField(max_length=80)
    relation = serializers.CharField(max_length=40)
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    is_key_person = serializers.BooleanField(default=False)
    is_guardian = serializers.BooleanField(default=False)

    def validate_name(self, value: str) -> str:
        return str(NameField().clean(value))

    def validate_relation(self, value: str) -> str:
        return str(NameField().clean(value))

    def validate_phone(self, value: str) -> str:
        return str(NameField(required=False).clean(value))


class ContactSerializer(serializers.Serializer[Any]):
    """A contact as the caller may see it: a phone number that is not for them is hidden, and said to be."""

    id = serializers.UUIDField(source="contact.pk")
    name = serializers.CharField(source="contact.name")
    relation = serializers.CharField(source="contact.relation")
    phone = serializers.CharField()
    hides_phone = serializers.BooleanField()
    is_key_person = serializers.BooleanField(source="contact.is_key_person")
    is_guardian = serializers.BooleanField(source="contact.is_guardian")
