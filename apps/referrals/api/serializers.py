"""What programs are told of referrals, and what they may send."""

from typing import Any

from rest_framework import serializers

from apps.facilities.models import Operator
from apps.kernel.my_number import no_individual_number
from apps.referrals.kinds import DeclineReason, ReferralState, StepKind
from apps.referrals.models import Step


class ReferralStepSerializer(serializers.ModelSerializer[Step]):
    """What happened; `corrects` is the number of the step that a correction takes back."""

    corrects = serializers.IntegerField(source="corrects.number", allow_null=True, default=None)

    class Meta:
        model = Step
        fields = (
            *("number", "kind", "happened_on", "recorded_at", "recorded_by", "reason", "words", "corrects"),
            "visit",
        )


class ReferralRowSerializer(serializers.Serializer[Any]):
    """A client and a facility that is approached. `client` is null where it may not be told whose way it is.

    `reached` is how far it is with the facility and `application` how far with the benefit (empty, applied, granted): both
    go on side by side, and `state` is where the whole stands.
    """

    id = serializers.UUIDField(source="referral.id")
    client = serializers.UUIDField(source="client.pk", allow_null=True, default=None)
    age_group = serializers.CharField()
    facility = serializers.UUIDField(source="referral.facility_id")
    facility_name = serializers.CharField(source="referral.facility.name")
    consulted_on = serializers.DateField(source="referral.consultation.consulted_on")
    state = serializers.ChoiceField(choices=ReferralState.choices, source="referral.state")
    reached = serializers.CharField(source="referral.reached")
    application = serializers.CharField(source="referral.application")
    since_on = serializers.DateField(source="referral.since_on")


class ReferralPageSerializer(serializers.Serializer[Any]):
    """One page of them, and how many there are."""

    count = serializers.IntegerField()
    results = ReferralRowSerializer(many=True)


class ReferralSerializer(ReferralRowSerializer):
    """One with its steps; `possible` is what the caller may say next."""

    steps = ReferralStepSerializer(many=True)
    possible = serializers.ListField(child=serializers.CharField())


class NewReferralSerializer(serializers.Serializer[Any]):
    """A facility to approach, and the day of the consultation that it belongs to."""

    facility = serializers.UUIDField()
    consulted_on = serializers.DateField()


class NewReferralStepSerializer(serializers.Serializer[Any]):
    """What happened on which day; `reason` for those who decline."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    happened_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=DeclineReason.choices, allow_blank=True, default="")
    words = serializers.CharField(
        max_length=Step.LONGEST_WORDS, allow_blank=True, default="", validators=[no_individual_number]
    )


class StepCorrectionSerializer(serializers.Serializer[Any]):
    """Why a step did not happen so."""

    words = serializers.CharField(max_length=Step.LONGEST_WORDS, validators=[no_individual_number])


class StartsSerializer(serializers.Serializer[Any]):
    """The starts of one period at facilities of one operator; all null where there are too few to be told."""

    kind = serializers.CharField(help_text="Empty: all kinds of service together.")
    fiscal_year = serializers.IntegerField()
    quarter = serializers.IntegerField(help_text="0: the whole year.")
    operator = serializers.ChoiceField(choices=Operator.choices, allow_blank=True)
    count = serializers.IntegerField(allow_null=True)
    lower_quartile = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    upper_quartile = serializers.FloatField(allow_null=True)


class DaysToStartSerializer(serializers.Serializer[Any]):
    """Days from the consultation to the start."""

    is_masked = serializers.BooleanField()
    rows = StartsSerializer(many=True)
