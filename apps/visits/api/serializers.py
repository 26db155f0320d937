"""What programs are told of visiting times and visits, and what they may send. Times bear Japan's offset."""

from typing import Any

from rest_framework import serializers

from apps.facilities.grid import Age
from apps.kernel.my_number import no_individual_number
from apps.visits.models import EndReason, Slot, Visit, WithdrawalReason
from apps.visits.queries import Sought
from apps.visits.times import Plan


class SlotSerializer(serializers.Serializer[Any]):
    """A visiting time. `taken` counts booked places and those that are held right now."""

    id = serializers.UUIDField()
    facility = serializers.UUIDField(source="facility_id")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    capacity = serializers.IntegerField()
    taken = serializers.IntegerField()
    place = serializers.CharField()
    receiver = serializers.CharField()
    bring = serializers.CharField()
    is_proxy = serializers.BooleanField()
    takes_bookings = serializers.BooleanField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class PlanSerializer(serializers.Serializer[Any]):
    """A visiting time on a day, or the same one every week until another day."""

    day = serializers.DateField()
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    weekly_until = serializers.DateField(allow_null=True, default=None)
    capacity = serializers.IntegerField(min_value=1, max_value=Slot.MOST_FAMILIES, default=1)
    place = serializers.CharField(max_length=120, allow_blank=True, default="")
    receiver = serializers.CharField(max_length=60, allow_blank=True, default="")
    bring = serializers.CharField(max_length=300, allow_blank=True, default="")

    def plan(self) -> Plan:
        return Plan(**self.validated_data)


class CapacitySerializer(serializers.Serializer[Any]):
    """For how many families a time is."""

    capacity = serializers.IntegerField(min_value=1, max_value=Slot.MOST_FAMILIES)


class TimeWithdrawalSerializer(serializers.Serializer[Any]):
    """Why a time is taken back."""

    reason = serializers.ChoiceField(choices=WithdrawalReason.choices)


class HoldSerializer(serializers.Serializer[Any]):
    """For whom a place is held; no name."""

    age_group = serializers.ChoiceField(choices=Age.choices)
    need = serializers.CharField(
        max_length=Visit.LONGEST_NEED, allow_blank=True, default="", validators=[no_individual_number]
    )


class VisitSerializer(serializers.Serializer[Any]):
    """A place that is held or booked. `state` is pending, booked or cancelled, as FHIR R4 calls an appointment."""

    id = serializers.UUIDField()
    slot = serializers.UUIDField(source="slot_id")
    starts_at = serializers.DateTimeField(source="slot.starts_at")
    ends_at = serializers.DateTimeField(source="slot.ends_at")
    facility = serializers.UUIDField(source="slot.facility_id")
    place = serializers.IntegerField()
    age_group = serializers.ChoiceField(choices=Age.choices)
    need = serializers.CharField()
    organization = serializers.UUIDField(source="held_by.organization_id")
    state = serializers.CharField()
    held_until = serializers.DateTimeField()
    booked_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.CharField()


class CancellationSerializer(serializers.Serializer[Any]):
    """Why a visit is given up: what the caller's side may say."""

    reason = serializers.ChoiceField(choices=EndReason.choices)


class OtherTimeSerializer(serializers.Serializer[Any]):
    """To which time a visit is moved."""

    slot = serializers.UUIDField()


class FindSerializer(serializers.Serializer[Any]):
    """What is looked for; what is left out makes no difference."""

    age = serializers.ChoiceField(choices=Age.choices, allow_blank=True)
    kind = serializers.IntegerField(allow_null=True, default=None, min_value=1, max_value=2**31 - 1)
    district = serializers.UUIDField(allow_null=True, default=None)
    needs_medical_care = serializers.BooleanField(default=False)

    def sought(self) -> Sought:
        return Sought(**self.validated_data)


class VisitableFacilitySerializer(serializers.Serializer[Any]):
    """A facility with its next free times."""

    facility = serializers.UUIDField(source="facility.pk")
    name = serializers.CharField(source="facility.name")
    slots = SlotSerializer(many=True)
