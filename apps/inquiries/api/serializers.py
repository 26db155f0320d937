"""What programs are told of inquiries, and what they may send."""

from typing import Any

from rest_framework import serializers

from apps.clients.models import Need
from apps.facilities.grid import Band, Weekday
from apps.facilities.models import SchoolDistrict
from apps.inquiries import queries
from apps.inquiries.card import Card
from apps.inquiries.kinds import AgeGroup, InquiryState, Reason, Said, Support
from apps.inquiries.models import Inquiry, InquiryReply, Recipient, Release
from apps.kernel.my_number import no_individual_number

# No answer is changed more often.
MOST = 2**31 - 1


class CardSerializer(serializers.Serializer[Any]):
    """A need without a name, in words: all that those who are asked are told."""

    asked_by = serializers.CharField()
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=InquiryState.choices)
    age_group = serializers.CharField()
    support = serializers.CharField()
    area = serializers.CharField()
    weekdays = serializers.ListField(child=serializers.CharField())
    bands = serializers.ListField(child=serializers.CharField())
    needs = serializers.ListField(child=serializers.CharField())
    district = serializers.CharField()
    text = serializers.CharField()


class InquiryReplySerializer(serializers.ModelSerializer[InquiryReply]):
    """What an office says."""

    class Meta:
        model = InquiryReply
        fields = ["version", "said", "reasons", "from_on", "remark", "answered_at", "changed_at", "is_proxy", "channel"]


class InquiryRowSerializer(serializers.ModelSerializer[Inquiry]):
    """An inquiry in a list of one's own; `asked`, `answered` and `willing` count offices."""

    state = serializers.ChoiceField(choices=InquiryState.choices)
    client = serializers.UUIDField(source="for_whom.client_id")
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    willing = serializers.IntegerField()

    class Meta:
        model = Inquiry
        fields = ["id", "client", "state", "sent_at", "due_at", "asked", "answered", "willing"]


class InquiryPageSerializer(serializers.Serializer[Any]):
    """One page of them, and how many there are."""

    count = serializers.IntegerField()
    results = InquiryRowSerializer(many=True)


class InquiryRecipientSerializer(serializers.ModelSerializer[Recipient]):
    """One office that is asked, and what it says; `reply` is null while it has said nothing."""

    name = serializers.CharField()
    reply = serializers.SerializerMethodField()

    class Meta:
        model = Recipient
        fields = ["id", "number", "organization", "facility", "name", "reply"]

    def get_reply(self, recipient: Recipient) -> dict[str, Any] | None:
        reply = queries.reply_of(recipient)
        return None if reply is None else dict(InquiryReplySerializer(reply).data)


class InquirySerializer(serializers.ModelSerializer[Inquiry]):
    """An inquiry of one's own with all answers; `chosen` is the id of the office that was told whose need it is."""

    client = serializers.UUIDField(source="for_whom.client_id")
    card = serializers.SerializerMethodField()
    recipients = serializers.SerializerMethodField()
    chosen = serializers.SerializerMethodField()

    class Meta:
        model = Inquiry
        fields = ["id", "client", "card", "confirmed", "closed_at", "recipients", "chosen"]

    def get_card(self, inquiry: Inquiry) -> dict[str, Any]:
        return dict(CardSerializer(queries.shown(inquiry)).data)

    def get_recipients(self, inquiry: Inquiry) -> list[Any]:
        rows = queries.answers_of(inquiry).recipients
        return list(InquiryRecipientSerializer(rows, many=True).data)

    def get_chosen(self, inquiry: Inquiry) -> str | None:
        release = Release.objects.filter(inquiry=inquiry).first()
        return None if release is None else str(release.recipient_id)


class NewInquirySerializer(serializers.Serializer[Any]):
    """A need without a name, whom it asks, and until when. `confirmed`: found words that identify nobody."""

    client = serializers.UUIDField()
    age_group = serializers.ChoiceField(choices=AgeGroup.choices)
    support = serializers.ChoiceField(choices=Support.choices, allow_blank=True, default="")
    area = serializers.CharField(
        max_length=Inquiry.LONGEST_AREA, allow_blank=True, default="", validators=[no_individual_number]
    )
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=Weekday.choices), default=list, max_length=7)
    bands = serializers.ListField(child=serializers.ChoiceField(choices=Band.choices), default=list, max_length=4)
    needs = serializers.ListField(child=serializers.ChoiceField(choices=Need.choices), default=list, max_length=4)
    district = serializers.UUIDField(allow_null=True, default=None)
    text = serializers.CharField(
        max_length=Inquiry.LONGEST_TEXT, allow_blank=True, default="", validators=[no_individual_number]
    )
    confirmed = serializers.ListField(
        child=serializers.CharField(max_length=Inquiry.LONGEST_TEXT), default=list, max_length=100
    )
    organizations = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=Inquiry.MOST_ASKED)
    facilities = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=Inquiry.MOST_ASKED)
    due_at = serializers.DateTimeField()

    def validate_district(self, district_id: Any) -> SchoolDistrict | None:
        if district_id is None:
            return None
        found: SchoolDistrict | None = SchoolDistrict.objects.filter(pk=district_id).first()
        if found is None:
            raise serializers.ValidationError(self.fields["district"].error_messages["invalid"])
        return found

    def card(self) -> Card:
        sent = self.validated_data
        lists: dict[str, Any] = {name: tuple(dict.fromkeys(sent[name])) for name in ("weekdays", "bands", "needs")}
        return Card(**lists, **{name: sent[name] for name in ("age_group", "support", "area", "district", "text")})


class AskedInquirySerializer(serializers.Serializer[Any]):
    """What the caller's office is asked, and what it has said. `told` is null but for the office that was chosen."""

    id = serializers.UUIDField()
    office = serializers.CharField()
    card = CardSerializer()
    reply = InquiryReplySerializer(allow_null=True)
    told = serializers.DictField(child=serializers.CharField(), allow_null=True)


class AskedInquiriesSerializer(serializers.Serializer[Any]):
    """One page of it, and how much there is."""

    count = serializers.IntegerField()
    results = AskedInquirySerializer(many=True)


class NewInquiryReplySerializer(serializers.Serializer[Any]):
    """What the caller's office says, on top of the version that was read (0: nothing yet)."""

    version = serializers.IntegerField(min_value=0, max_value=MOST)
    said = serializers.ChoiceField(choices=Said.choices)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices), default=list, max_length=7)
    from_on = serializers.DateField(allow_null=True, default=None)
    remark = serializers.CharField(
        max_length=InquiryReply.LONGEST_REMARK, allow_blank=True, default="", validators=[no_individual_number]
    )


class NewReleaseSerializer(serializers.Serializer[Any]):
    """The office that is chosen, and whom it can call."""

    recipient = serializers.UUIDField()
    contact = serializers.CharField(max_length=Release.LONGEST_CONTACT, validators=[no_individual_number])
