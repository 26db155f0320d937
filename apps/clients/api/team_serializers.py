"""The people of a care team and who is responsible, as programs see and send them."""

from typing import Any

from django import forms
from rest_framework import serializers

from apps.clients.models import OpeningReason, TeamMember, TeamRole


def said_by(form: forms.Form) -> dict[str, list[str]]:
    """What a page's form has to say, field by field, for a program."""
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


class NewPersonSerializer(serializers.Serializer[Any]):
    """A person of the seat's organization, and as what they support the client."""

    member = serializers.UUIDField()
    role = serializers.ChoiceField(choices=TeamRole.choices)


class RoleSerializer(serializers.Serializer[Any]):
    """Another role."""

    role = serializers.ChoiceField(choices=TeamRole.choices)


class TeamMemberSerializer(serializers.ModelSerializer[TeamMember]):
    """A person's period on the team."""

    class Meta:
        model = TeamMember
        fields = ["id", "member", "seat", "role", "valid_from", "valid_to"]


class ResponsibleSerializer(serializers.Serializer[Any]):
    """Who is responsible, as the caller may be shown them."""

    id = serializers.UUIDField(source="responsibility.pk")
    person_id = serializers.UUIDField(source="responsibility.person_id")
    name = serializers.CharField(source="shown.name")
    role = serializers.ChoiceField(source="responsibility.person.role", choices=TeamRole.choices)
    valid_from = serializers.DateTimeField(source="responsibility.valid_from")
    valid_to = serializers.DateTimeField(source="responsibility.valid_to", allow_null=True)


class ResponsibilitySerializer(serializers.Serializer[Any]):
    """Who is responsible now, and who will be."""

    present = ResponsibleSerializer(source="responsible", allow_null=True)
    next = ResponsibleSerializer(source="next_responsible", allow_null=True)


class NewResponsibleSerializer(serializers.Serializer[Any]):
    """Who is to be responsible, in whose place: `replaces` is the present responsibility, or null where nobody is."""

    person = serializers.UUIDField()
    replaces = serializers.UUIDField(allow_null=True)
    first = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=30, help_text="2026-11-21, or in wareki such as R8.4.1"
    )


class OpeningSerializer(serializers.Serializer[Any]):
    """Somebody to whom the client was opened by hand."""

    member = serializers.UUIDField(source="shown.id", allow_null=True)
    name = serializers.CharField(source="shown.name")
    reason = serializers.ChoiceField(source="grant.reason", choices=[("", ""), *OpeningReason.choices])
    opened_by = serializers.CharField(source="given_by.name", default=None, allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    waits_for_consent = serializers.SerializerMethodField()

    def get_waits_for_consent(self, opening: Any) -> bool:
        return not opening.is_covered


class NewOpeningSerializer(serializers.Serializer[Any]):
    """To whom a client is to be opened, for what, and until the end of which day; read by the page's rules."""

    member = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=OpeningReason.choices)
    until = serializers.CharField(max_length=30, help_text="2026-11-21, or in wareki such as R8.4.1")
