"""How environments, organizations and members are shown to programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apps.environments.models import Member, Organization, Role


class PlaceSerializer(serializers.Serializer[Any]):
    """An environment in which the caller has a place now."""

    id = serializers.UUIDField(source="environment_id")
    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    organization = serializers.CharField(source="organization_name")


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """A body that takes part."""

    class Meta:
        model = Organization
        fields = ["id", "name", "kana", "kind", "is_outside"]


class MemberSerializer(serializers.ModelSerializer[Member]):
    """A person's place: for which organization, as what, from when until when."""

    organization = OrganizationSerializer()

    class Meta:
        model = Member
        fields = ["id", "name", "kana", "profession", "role", "organization", "valid_from", "valid_to", "suspended_at"]


@extend_schema_serializer(component_name="MemberPage")
class MemberPageSerializer(serializers.Serializer[Any]):
    """One page of members, and how many there are."""

    count = serializers.IntegerField()
    results = MemberSerializer(many=True)
