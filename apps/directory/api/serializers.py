"""What a program is told of offices, municipalities and holidays, and what it may ask."""

from typing import Any

from rest_framework import serializers

from apps.directory.models import Holiday, Municipality, Office, OfficeService, ServiceKind
from apps.directory.search import MOST_CHARACTERS


class KindSerializer(serializers.ModelSerializer[ServiceKind]):
    class Meta:
        model = ServiceKind
        fields = ["system", "code", "opendata_code", "name"]


class MunicipalitySerializer(serializers.ModelSerializer[Municipality]):
    class Meta:
        model = Municipality
        fields = ["lg_code", "parent", "prefecture", "name", "kana", "latitude", "longitude", "url"]


PLACE = [
    "name", "kana", "municipality", "address", "building", "latitude", "longitude", "phone", "fax", "url",
    "corporate_name", "corporate_number",
]  # fmt: skip


class OfficeServiceSerializer(serializers.ModelSerializer[OfficeService]):
    kind = KindSerializer()
    hours = serializers.DictField(child=serializers.CharField())
    as_written = serializers.DictField(
        child=serializers.CharField(), help_text="Published values that do not fit their field, by column name."
    )

    class Meta:
        model = OfficeService
        fields = [
            "kind", *PLACE, "authority_code", "capacity", "weekdays", "hours", "remarks", "as_written",
            "valid_from", "valid_to",
        ]  # fmt: skip


class OfficeSerializer(serializers.ModelSerializer[Office]):
    kinds = serializers.SerializerMethodField(help_text="Open-data codes of the services that are not closed.")

    class Meta:
        model = Office
        fields = ["id", "system", "office_number", *PLACE, "kinds"]

    def get_kinds(self, office: Any) -> list[str]:
        return [service.kind.opendata_code for service in office.services_shown if service.is_open]


class OfficeInFullSerializer(OfficeSerializer):
    services = OfficeServiceSerializer(many=True, source="services_shown")

    class Meta(OfficeSerializer.Meta):
        fields = [*OfficeSerializer.Meta.fields, "services"]


class HolidaySerializer(serializers.ModelSerializer[Holiday]):
    class Meta:
        model = Holiday
        fields = ["date", "name"]


class OfficeQuestion(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, max_length=MOST_CHARACTERS, allow_blank=True)
    kind = serializers.SlugRelatedField(
        slug_field="opendata_code", queryset=ServiceKind.objects.exclude(opendata_code=None), required=False
    )
    municipality = serializers.PrimaryKeyRelatedField(queryset=Municipality.objects.all(), required=False)


class MunicipalityQuestion(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=MOST_CHARACTERS)


class HolidayQuestion(serializers.Serializer[Any]):
    year = serializers.IntegerField(required=False, min_value=1900, max_value=2200)
