"""Lists of those whom an organization asks again, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.surveys import actions
from apps.surveys.access import (
    check_can_make_surveys,
    facilities_to_ask,
    list_for,
    lists_of,
    organizations_to_ask,
)
from apps.surveys.api.serializers import TargetsSerializer
from apps.surveys.api.views import picked, sent_in
from apps.surveys.models import TargetList


class ListNameSerializer(serializers.Serializer[Any]):
    """What a list is called."""

    name = serializers.CharField(max_length=TargetList.LONGEST_NAME)

    def to_internal_value(self, data: Any) -> Any:
        """A number would be taken for its digits, and nothing else is asked of which one could see the mistake."""
        name = data.get("name") if isinstance(data, dict) else None
        if name is not None and not isinstance(name, str):
            raise serializers.ValidationError({"name": [self.fields["name"].error_messages["invalid"]]})
        return super().to_internal_value(data)


class NewTargetListSerializer(ListNameSerializer, TargetsSerializer):
    """A list with all whom it holds."""


class TargetListSerializer(serializers.ModelSerializer[TargetList]):
    """A list; what it holds is what `recipients` of a draft takes."""

    organizations = serializers.SerializerMethodField()
    facilities = serializers.SerializerMethodField()

    class Meta:
        model = TargetList
        fields = ["id", "name", "organizations", "facilities"]

    def get_organizations(self, target_list: TargetList) -> list[UUID]:
        return [one.organization_id for one in target_list.targets.all() if one.organization_id]

    def get_facilities(self, target_list: TargetList) -> list[UUID]:
        return [one.facility_id for one in target_list.targets.all() if one.facility_id]


class TargetListsView(APIView):
    @extend_schema(operation_id="surveys_lists", responses=TargetListSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The lists of the caller's organization."""
        check_can_make_surveys(request.member)
        return Response(TargetListSerializer(lists_of(request.member).prefetch_related("targets"), many=True).data)

    @extend_schema(
        operation_id="surveys_lists_keep", request=NewTargetListSerializer, responses={201: TargetListSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Keep these under a name."""
        check_can_make_surveys(request.member)
        sent = sent_in(NewTargetListSerializer, request)
        offices = picked(organizations_to_ask(request.member), sent["organizations"])
        places = picked(facilities_to_ask(request.member), sent["facilities"])
        kept = actions.keep_list(name=sent["name"], organizations=offices, facilities=places, by=request.member)
        return Response(TargetListSerializer(kept).data, status=status.HTTP_201_CREATED)


class TargetListView(APIView):
    @extend_schema(operation_id="surveys_lists_rename", request=ListNameSerializer, responses=TargetListSerializer)
    def put(self, request: MemberApiRequest, slug: str, list_id: UUID) -> Response:
        """Give it another name."""
        found = list_for(request.member, list_id)
        name = sent_in(ListNameSerializer, request)["name"]
        return Response(TargetListSerializer(actions.rename_list(target_list=found, name=name, by=request.member)).data)

    @extend_schema(operation_id="surveys_lists_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, list_id: UUID) -> Response:
        """Throw it away."""
        actions.remove_list(target_list=list_for(request.member, list_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
