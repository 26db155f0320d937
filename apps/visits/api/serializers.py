"""What programs are told of visiting times and visits, and what they may send. Times bear Japan's offset."""

from typing import Any

from rest_framework import serializers

from apps.clients.models import Signer
from apps.facilities.grid import Age, Weekday
from apps.kernel.my_number import no_individual_number
from apps.visits.actions import Agreed
from apps.visits.actions.booking import OF_FACILITY
from apps.visits.models import EndReason, Slot, Visit, VisitClient, VisitRequest, WithdrawalReason
from apps.visits.queries import Sought
from apps.visits.times import Plan, Proposed


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
    """For whom a place is held: a client whose care team the caller changes, or nobody by name."""

    age_group = serializers.ChoiceField(choices=Age.choices)
    need = serializers.CharField(
        max_length=Visit.LONGEST_NEED, allow_blank=True, default="", validators=[no_individual_number]
    )
    client = serializers.UUIDField(allow_null=True, default=None)


class BeyondSerializer(HoldSerializer):
    """For whom a place beyond those of a time is held, and why."""

    reason = serializers.CharField(max_length=Visit.LONGEST_NEED, validators=[no_individual_number])


class AgreementSerializer(serializers.Serializer[Any]):
    """Who has agreed that the facility is told who comes, and whom it may call. With a consent on file `contact` is enough."""

    contact = serializers.CharField(max_length=VisitClient.LONGEST_CONTACT, validators=[no_individual_number])
    signer = serializers.ChoiceField(choices=Signer.choices, allow_blank=True, default="")
    signer_name = serializers.CharField(max_length=80, allow_blank=True, default="")
    relation = serializers.CharField(max_length=40, allow_blank=True, default="")


class VisitBookingSerializer(serializers.Serializer[Any]):
    """What is said when a held place is booked."""

    agreed = AgreementSerializer(allow_null=True, default=None)

    def agreed_by(self) -> Agreed | None:
        told = self.validated_data["agreed"]
        return Agreed(**told) if told else None


class IntroducedSerializer(serializers.Serializer[Any]):
    """Who comes, as the facility is told under a consent."""

    name = serializers.CharField(source="client.name")
    kana = serializers.CharField(source="client.kana")
    born_on = serializers.DateField(source="client.born_on")
    contact = serializers.CharField()
    opened_at = serializers.DateTimeField()


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
    accompanied_by = serializers.UUIDField(source="accompanied_by_id", allow_null=True)
    is_exception = serializers.BooleanField()
    overridden_by = serializers.UUIDField(source="overridden_by_id", allow_null=True)
    overridden_reason = serializers.CharField()
    state = serializers.CharField()
    held_until = serializers.DateTimeField()
    booked_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.CharField()


class AccompanyingSerializer(serializers.Serializer[Any]):
    """Who of the office that books comes along; null for nobody. `reason` lets somebody come along who is taken then."""

    member = serializers.UUIDField(allow_null=True)
    reason = serializers.CharField(
        max_length=Visit.LONGEST_NEED, allow_blank=True, default="", validators=[no_individual_number]
    )


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
    near = serializers.UUIDField(allow_null=True, default=None)
    weekdays = serializers.MultipleChoiceField(choices=Weekday.choices, default=set)
    needs_medical_care = serializers.BooleanField(default=False)

    def sought(self) -> Sought:
        told = dict(self.validated_data)
        return Sought(**{**told, "weekdays": tuple(day for day in Weekday.values if day in told["weekdays"])})


class VisitableFacilitySerializer(serializers.Serializer[Any]):
    """A facility with its next free times, and why it stands where it stands."""

    facility = serializers.UUIDField(source="facility.pk")
    name = serializers.CharField(source="facility.name")
    fit = serializers.CharField(source="row.fit")
    distance_km = serializers.FloatField(source="row.distance_km", allow_null=True)
    slots = SlotSerializer(many=True)


class ProposalSerializer(serializers.Serializer[Any]):
    """A time that is proposed."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class ProposedTimeSerializer(ProposalSerializer):
    """A proposed time as it is answered with."""

    slot = serializers.UUIDField(source="pk")
    proposal = serializers.IntegerField()


class ProposingSerializer(serializers.Serializer[Any]):
    """Up to three times, until when the facility answers, for whom, and who comes along."""

    times = ProposalSerializer(many=True, allow_empty=False, max_length=VisitRequest.MOST_PROPOSALS)  # type: ignore[call-arg]
    due_at = serializers.DateTimeField()
    age_group = serializers.ChoiceField(choices=Age.choices)
    need = serializers.CharField(
        max_length=Visit.LONGEST_NEED, allow_blank=True, default="", validators=[no_individual_number]
    )
    client = serializers.UUIDField(allow_null=True, default=None)
    agreed = AgreementSerializer(allow_null=True, default=None)
    member = serializers.UUIDField(allow_null=True, default=None)

    def times_proposed(self) -> tuple[Proposed, ...]:
        return tuple(Proposed(**one) for one in self.validated_data["times"])


class VisitRequestSerializer(serializers.Serializer[Any]):
    """What a facility is asked. `outcome` is empty while it waits, then accepted, declined, taken_back or run_out."""

    id = serializers.UUIDField()
    facility = serializers.UUIDField(source="facility_id")
    organization = serializers.UUIDField(source="asked_by.organization_id")
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField()
    times = ProposedTimeSerializer(source="slots", many=True)


class AcceptanceSerializer(serializers.Serializer[Any]):
    """Which of the proposed times is picked."""

    slot = serializers.UUIDField()


class RequestRefusalSerializer(serializers.Serializer[Any]):
    """Why a facility can at none of the times."""

    reason = serializers.ChoiceField(choices=[(one.value, one.label) for one in OF_FACILITY])


class ClosedDaySerializer(serializers.Serializer[Any]):
    """A day on which a facility receives nobody."""

    day = serializers.DateField()
    reason = serializers.ChoiceField(choices=WithdrawalReason.choices)


class OpenedDaySerializer(serializers.Serializer[Any]):
    """A closed day that is opened again."""

    day = serializers.DateField()
