"""What programs send when people change."""

from typing import Any

from rest_framework import serializers

from apps.environments.models import Profession, Role


class DepartureSerializer(serializers.Serializer[Any]):
    """Who takes over the open work: a present member of the same organization, or nobody."""

    successor = serializers.UUIDField(allow_null=True, help_text="A member's id, or null: nobody takes over.")


class MoveSerializer(DepartureSerializer):
    """The organization to which a person goes, and as what."""

    organization = serializers.UUIDField()
    profession = serializers.ChoiceField(choices=Profession.choices)
    role = serializers.ChoiceField(choices=Role.choices)


class SuccessorSerializer(serializers.Serializer[Any]):
    """For whom the open work is counted."""

    successor = serializers.UUIDField(required=False, allow_null=True, default=None)


class OpenWorkSerializer(serializers.Serializer[Any]):
    """What would be left behind, in numbers: who ends a place sees no client and no room."""

    clients = serializers.IntegerField(help_text="Clients on whose care team the person is named.")
    responsible = serializers.IntegerField(help_text="Of these, for how many they are the responsible person.")
    responsible_passed = serializers.IntegerField(help_text="How many of these the successor can be responsible for.")
    rooms = serializers.IntegerField(help_text="Rooms in which nobody else of the organization is present.")
    rooms_passed = serializers.IntegerField(help_text="Of these, how many the successor takes over.")
    openings = serializers.IntegerField(help_text="Clients opened to the person by hand, which are closed.")
