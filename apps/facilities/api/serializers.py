"""What programs are told of facilities and their free places, and what they may send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.directory.models import ServiceKind
from apps.environments.models import Organization
from apps.facilities.grid import Age, Band, Weekday
from apps.facilities.models import Facility, Operator, Source
from apps.kernel.my_number import no_individual_number


class SchoolDistrictSerializer(serializers.Serializer[Any]):
    """A school district."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class FacilitySerializer(serializers.Serializer[Any]):
    """One service of an office. `organization` is null where it has no account and is asked by FAX or phone."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kana = serializers.CharField()
    kind = serializers.CharField(source="kind.name")
    kind_code = serializers.CharField(source="kind.code")
    organization = serializers.UUIDField(source="organization_id", allow_null=True)
    office = serializers.UUIDField(source="office_id", allow_null=True)
    phone = serializers.CharField()
    fax = serializers.CharField()
    postal_code = serializers.CharField()
    address = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    operator = serializers.ChoiceField(choices=Operator.choices, allow_blank=True)
    capacity = serializers.IntegerField(allow_null=True)
    age_groups = serializers.ListField(child=serializers.ChoiceField(choices=Age.choices))
    takes_medical_care = serializers.BooleanField()
    picks_up = serializers.BooleanField()
    closed_on = serializers.DateField(allow_null=True)


class WholeFacilitySerializer(FacilitySerializer):
    """A facility with the school districts from which it is known to fetch."""

    districts = SchoolDistrictSerializer(many=True, source="districts.all")


class NewFacilitySerializer(serializers.ModelSerializer[Facility]):
    """A facility that is written down by hand."""

    kind = serializers.PrimaryKeyRelatedField(queryset=ServiceKind.objects.all())
    organization = serializers.UUIDField(allow_null=True, default=None)
    age_groups = serializers.ListField(child=serializers.ChoiceField(choices=Age.choices), max_length=4, default=list)
    postal_code = serializers.RegexField(r"^(\d{7})?$", default="")
    latitude = serializers.FloatField(min_value=20, max_value=46, allow_null=True, default=None)
    longitude = serializers.FloatField(min_value=122, max_value=154, allow_null=True, default=None)
    districts = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)

    class Meta:
        model = Facility
        fields = (
            *(
                "name",
                "kana",
                "kind",
                "operator",
                "organization",
                "phone",
                "fax",
                "postal_code",
                "address",
                "latitude",
                "longitude",
            ),
            *("capacity", "age_groups", "takes_medical_care", "picks_up", "districts"),
        )
        # What a constraint says of two rows, the action says in a sentence.
        validators: tuple[Any, ...] = ()

    def validate_organization(self, value: Any) -> Organization | None:
        if value is None:
            return None
        found: Organization | None = Organization.objects.filter(pk=value).first()
        if found is None:
            raise serializers.ValidationError("There is no such organization.")
        return found

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["latitude"] is None) is not (attrs["longitude"] is None):
            raise serializers.ValidationError({"longitude": "Both coordinates, or neither."})
        return attrs


class StatedSerializer(serializers.Serializer[Any]):
    """Free places, and what belongs beside them.

    `cells` by `<weekday>.<band>.<age>`, such as `mon.afternoon.preschool`: `free`, `ask`, `full` or a number of places (0–99).
    """

    cells = serializers.DictField(
        help_text="mon…sun . morning|afternoon|after_school|evening . preschool|primary|secondary|adult"
    )
    districts = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)
    ages = serializers.ListField(child=serializers.ChoiceField(choices=Age.choices), max_length=4, default=list)
    medical_care = serializers.BooleanField(allow_null=True, default=None)
    visit_times = serializers.CharField(max_length=200, allow_blank=True, default="", validators=[no_individual_number])
    remarks = serializers.CharField(max_length=500, allow_blank=True, default="", validators=[no_individual_number])

    def get_fields(self) -> dict[str, Any]:
        # "from" is no name that Python takes.
        return {**super().get_fields(), "from": serializers.DateField(allow_null=True, default=None)}

    def told(self) -> dict[str, Any]:
        """As `stated.read` takes it."""
        sent = self.validated_data
        day = sent["from"]
        return {**sent, "from": day and day.isoformat(), "districts": [str(one) for one in sent["districts"]]}


class AvailabilityAnswerSerializer(serializers.Serializer[Any]):
    """What a facility said. `is_old` from the 14th day on, `is_hidden` from the 30th."""

    number = serializers.IntegerField()
    confirmed_at = serializers.DateTimeField()
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment]
    is_proxy = serializers.BooleanField()
    is_unchanged = serializers.BooleanField()
    is_old = serializers.BooleanField()
    is_hidden = serializers.BooleanField()
    stated = serializers.SerializerMethodField()

    @extend_schema_field(StatedSerializer)
    def get_stated(self, answer: Any) -> Any:
        return answer.stated.as_json()


class BoardQuestionSerializer(serializers.Serializer[Any]):
    """What is looked for; what is left out makes no difference, and an empty age is any age."""

    age = serializers.ChoiceField(choices=Age.choices, allow_blank=True)
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=Weekday.choices), max_length=7, default=list)
    bands = serializers.ListField(child=serializers.ChoiceField(choices=Band.choices), max_length=4, default=list)
    kind = serializers.IntegerField(min_value=1, max_value=2**31 - 1, allow_null=True, default=None)
    needs_medical_care = serializers.BooleanField(default=False)
    picked_up = serializers.BooleanField(default=False)
    district = serializers.UUIDField(allow_null=True, default=None)
    near = serializers.UUIDField(
        allow_null=True, default=None, help_text="A school district or a facility from which distances are reckoned."
    )
    within_km = serializers.IntegerField(min_value=1, max_value=1000, allow_null=True, default=None)
    old_too = serializers.BooleanField(default=False, help_text="Answers older than 30 days too.")
    full_too = serializers.BooleanField(default=False, help_text="Those without a place too.")


class BoardRowSerializer(serializers.Serializer[Any]):
    """A facility on the board, its newest answer, and on which of the days asked for there are places."""

    facility = FacilitySerializer()
    answer = AvailabilityAnswerSerializer(allow_null=True)
    districts = serializers.ListField(child=serializers.CharField())
    distance_km = serializers.FloatField(allow_null=True)
    free_days = serializers.ListField(child=serializers.ChoiceField(choices=Weekday.choices))
    ask_days = serializers.ListField(child=serializers.ChoiceField(choices=Weekday.choices))
    fit = serializers.CharField()


class BoardSerializer(serializers.Serializer[Any]):
    """What was found, those that fit best first, and how many are left out for which reason."""

    found = serializers.IntegerField()
    too_old = serializers.IntegerField()
    full = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    rows = BoardRowSerializer(many=True)
