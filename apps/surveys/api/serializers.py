"""What programs are told of surveys, and what they may send."""

from datetime import time
from typing import Any

from rest_framework import serializers

from apps.paper.kinds import Channel
from apps.surveys import queries
from apps.surveys.content import Content
from apps.surveys.forms import MOST
from apps.surveys.kinds import Published
from apps.surveys.models import Recipient, Survey, SurveyState
from apps.surveys.refusals import NoTarget


class SurveySerializer(serializers.ModelSerializer[Survey]):
    """A survey in a list; `asked` and `answered` count offices."""

    state = serializers.ChoiceField(choices=SurveyState.choices)
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()

    class Meta:
        model = Survey
        fields = [
            *("id", "title", "state", "version", "due_at", "opened_at", "closed_at", "published", "reminder_days"),
            *("reminder_time", "asked", "answered"),
        ]


class SurveyPageSerializer(serializers.Serializer[Any]):
    """One page of surveys, and how many there are."""

    count = serializers.IntegerField()
    results = SurveySerializer(many=True)


class RecipientSerializer(serializers.ModelSerializer[Recipient]):
    """One office that is asked, and how far it is."""

    name = serializers.CharField()
    sent_at = serializers.SerializerMethodField()
    is_proxy = serializers.SerializerMethodField()

    class Meta:
        model = Recipient
        fields = ["number", "organization", "facility", "name", "sent_at", "is_proxy", "reminded_at"]

    def get_sent_at(self, recipient: Recipient) -> str | None:
        """When its reply was sent; null while it was not."""
        reply = getattr(recipient, "reply", None)
        return None if reply is None or reply.sent_at is None else reply.sent_at.isoformat()

    def get_is_proxy(self, recipient: Recipient) -> bool:
        """Whether the organization that asks entered it."""
        reply = getattr(recipient, "reply", None)
        return reply is not None and reply.is_proxy


class WholeSurveySerializer(serializers.ModelSerializer[Survey]):
    """A survey with all it asks, in the shape of its file."""

    state = serializers.ChoiceField(choices=SurveyState.choices)
    content = serializers.SerializerMethodField()

    class Meta:
        model = Survey
        fields = [
            *("id", "title", "state", "version", "due_at", "opened_at", "closed_at", "published", "reminder_days"),
            *("reminder_time", "content"),
        ]

    def get_content(self, survey: Survey) -> dict[str, Any]:
        content: Content = queries.content_of(survey)
        return content.as_json()


class ContentSerializer(serializers.Serializer[Any]):
    """What a survey asks: `{"format": "carenet-survey", "title", "lead", "sections", "questions"}`."""

    content = serializers.JSONField()


class NextContentSerializer(ContentSerializer):
    """The same, on top of the version that was read."""

    version = serializers.IntegerField(min_value=1, max_value=MOST)


class DescriptionSerializer(serializers.Serializer[Any]):
    """Until when it asks, who is shown the results, and how many days before it is due the others are reminded."""

    due_at = serializers.DateTimeField(allow_null=True)
    published = serializers.ChoiceField(choices=Published.choices, default=Published.NOBODY)
    reminder_days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=60), default=list, max_length=5
    )
    reminder_time = serializers.TimeField(default=time(9, 0), help_text="Between 8:30 and 17:00.")


class TargetsSerializer(serializers.Serializer[Any]):
    """Whom a survey asks: these organizations and facilities and no others."""

    organizations = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=5000)
    facilities = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=5000)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if not sent["organizations"] and not sent["facilities"]:
            raise serializers.ValidationError(NoTarget.sentence, code=NoTarget.code)
        return sent


class DueSerializer(serializers.Serializer[Any]):
    """Until when answers are taken."""

    due_at = serializers.DateTimeField()


class FixedDateSerializer(serializers.Serializer[Any]):
    """The number of the date on which one settles."""

    choice = serializers.IntegerField(min_value=1, max_value=MOST)


class AskedSerializer(serializers.Serializer[Any]):
    """What the caller's office is asked."""

    survey = serializers.UUIDField(source="survey.pk")
    number = serializers.IntegerField(help_text="Of the office among those that are asked.")
    title = serializers.CharField(source="survey.title")
    asked_by = serializers.CharField(source="survey.organization.name")
    state = serializers.ChoiceField(source="survey.state", choices=SurveyState.choices)
    due_at = serializers.DateTimeField(source="survey.due_at")
    is_answered = serializers.SerializerMethodField()

    def get_is_answered(self, recipient: Recipient) -> bool:
        reply = getattr(recipient, "reply", None)
        return reply is not None and reply.is_sent


class AskedPageSerializer(serializers.Serializer[Any]):
    """One page of it, and how much there is."""

    count = serializers.IntegerField()
    results = AskedSerializer(many=True)


class ReplySerializer(serializers.Serializer[Any]):
    """What was answered so far. `version` is 0 where nothing was; `answers` are values by number of question."""

    content = serializers.JSONField()
    version = serializers.IntegerField()
    sent_at = serializers.DateTimeField(allow_null=True)
    is_proxy = serializers.BooleanField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    answers = serializers.DictField(child=serializers.JSONField())


class NewReplySerializer(serializers.Serializer[Any]):
    """Answers by number of question, on top of the version that was read. Not `is_sent`: kept for later."""

    version = serializers.IntegerField(min_value=0, max_value=MOST)
    answers = serializers.DictField(child=serializers.JSONField(allow_null=True))
    is_sent = serializers.BooleanField(default=True)


class ProxyReplySerializer(NewReplySerializer):
    """What an office said by phone or on paper."""

    is_sent = None  # type: ignore[assignment]
    channel = serializers.ChoiceField(choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.PAPER)])
