"""What programs are told of who waits, and what they may send."""

from typing import Any

from rest_framework import serializers

from apps.facilities.grid import Age, Weekday
from apps.inquiries.kinds import Reason
from apps.kernel.my_number import no_individual_number
from apps.visits.models import Visit
from apps.visits.queries import Sought
from apps.waiting.kinds import SAID, Leaving, Outcome
from apps.waiting.models import Waiting


class OfferSerializer(serializers.Serializer[Any]):
    """A place that is, or was, held for who waits: booked as any visit is."""

    visit = serializers.UUIDField(source="visit_id")
    facility = serializers.UUIDField(source="visit.slot.facility_id")
    starts_at = serializers.DateTimeField(source="visit.slot.starts_at")
    answer_until = serializers.DateTimeField(source="visit.held_until")
    stands = serializers.BooleanField()
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True)


class WhoWaitsSerializer(serializers.Serializer[Any]):
    """Who waits, by what is wanted and without a name."""

    id = serializers.UUIDField()
    put_at = serializers.DateTimeField()
    organization = serializers.UUIDField(source="put_by.organization_id")
    age = serializers.ChoiceField(source="age_group", choices=Age.choices)
    kind = serializers.IntegerField(source="kind_id", allow_null=True)
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=Weekday.choices))
    near = serializers.UUIDField(source="near_id", allow_null=True)
    is_fetched = serializers.BooleanField()
    needs_medical_care = serializers.BooleanField()
    need = serializers.CharField()
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices))
    is_waiting = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.ChoiceField(choices=Leaving.choices, allow_blank=True)


class WaitingEntrySerializer(serializers.Serializer[Any]):
    """Who waits, the number in the line, null for who waits no more, and what was offered."""

    waiting = WhoWaitsSerializer()

    number = serializers.IntegerField(allow_null=True)
    offers = OfferSerializer(many=True)


class PuttingSerializer(serializers.Serializer[Any]):
    """What is waited for, for a client or, without one, for a family without a name; and why nothing fitted."""

    client = serializers.UUIDField(allow_null=True, default=None)
    age = serializers.ChoiceField(choices=Age.choices)
    kind = serializers.IntegerField(allow_null=True, default=None, min_value=1, max_value=2**31 - 1)
    weekdays = serializers.MultipleChoiceField(choices=Weekday.choices, default=set)
    near = serializers.UUIDField(allow_null=True, default=None)
    is_fetched = serializers.BooleanField(default=False)
    needs_medical_care = serializers.BooleanField(default=False)
    need = serializers.CharField(
        max_length=Visit.LONGEST_NEED, allow_blank=True, default="", validators=[no_individual_number]
    )
    reasons = serializers.MultipleChoiceField(choices=Reason.choices, allow_empty=False)
    facilities = serializers.ListField(child=serializers.UUIDField(), max_length=Waiting.MOST_WISHED, default=list)

    def sought(self) -> Sought:
        said = self.validated_data
        return Sought(
            age=said["age"],
            kind=said["kind"],
            weekdays=tuple(day for day in Weekday.values if day in said["weekdays"]),
            near=said["near"],
            district=said["near"] if said["is_fetched"] else None,
            needs_medical_care=said["needs_medical_care"],
        )


class WaitingDeclineSerializer(serializers.Serializer[Any]):
    """Why an offered place does not suit."""

    reason = serializers.ChoiceField(choices=Reason.choices)


class WaitingLeaveSerializer(serializers.Serializer[Any]):
    """Why somebody waits no more."""

    reason = serializers.ChoiceField(choices=[(one.value, one.label) for one in SAID])
