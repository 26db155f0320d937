"""How notifications are shown to programs."""

from typing import Any

from rest_framework import serializers

from apps.notices.models import Notification
from apps.notices.queries import way_of


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One thing the caller is told; `path` is empty where there is nothing to open."""

    sentence = serializers.CharField(source="said", help_text="In the caller's language. It holds no name.")
    path = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "sentence", "path", "written_at", "seen_at", "settled_at"]

    def get_path(self, notification: Notification) -> str:
        return way_of(notification)


class NotificationPageSerializer(serializers.Serializer[Any]):
    """One page of notifications, how many there are, and how many of them are unseen."""

    count = serializers.IntegerField()
    unseen = serializers.IntegerField()
    results = NotificationSerializer(many=True)


class SeenSerializer(serializers.Serializer[Any]):
    """How many notifications were unseen before."""

    seen = serializers.IntegerField()
