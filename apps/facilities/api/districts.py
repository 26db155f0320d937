"""School districts and who is shown the board, for programs."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.facilities import actions
from apps.facilities.access import check_can_keep_districts, district_for, shown_to
from apps.facilities.models import SchoolDistrict, Shown


class DistrictSerializer(serializers.Serializer[Any]):
    """A school district; located where its school stands."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=60)
    number = serializers.IntegerField(min_value=0, max_value=9_999, default=1, help_text="The order in every list.")
    latitude = serializers.FloatField(min_value=20, max_value=46, allow_null=True, default=None)
    longitude = serializers.FloatField(min_value=122, max_value=154, allow_null=True, default=None)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if (sent["latitude"] is None) is not (sent["longitude"] is None):
            raise serializers.ValidationError({"longitude": [_("Please give both, or neither.")]})
        return sent


class PublicationSerializer(serializers.Serializer[Any]):
    """To whom the board is shown beside the city."""

    shown_to = serializers.ChoiceField(choices=Shown.choices)


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class DistrictsView(APIView):
    @extend_schema(operation_id="school_districts_list", responses=DistrictSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """All of them, in their order."""
        return Response(DistrictSerializer(SchoolDistrict.objects.all(), many=True).data)

    @extend_schema(
        operation_id="school_districts_create", request=DistrictSerializer, responses={201: DistrictSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """A further one."""
        check_can_keep_districts(request.member)
        made = actions.add_district(by=request.member, **sent_in(DistrictSerializer, request))
        return Response(DistrictSerializer(made).data, status=status.HTTP_201_CREATED)


class DistrictView(APIView):
    @extend_schema(operation_id="school_districts_change", request=DistrictSerializer, responses=DistrictSerializer)
    def put(self, request: MemberApiRequest, slug: str, district_id: UUID) -> Response:
        """Another name, order or place."""
        found = district_for(request.member, district_id)
        sent = sent_in(DistrictSerializer, request)
        return Response(DistrictSerializer(actions.change_district(district=found, by=request.member, **sent)).data)

    @extend_schema(operation_id="school_districts_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, district_id: UUID) -> Response:
        """Take it out of the list."""
        actions.remove_district(district=district_for(request.member, district_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PublicationView(APIView):
    @extend_schema(operation_id="availability_publication", responses=PublicationSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Who is shown the board."""
        check_can_keep_districts(request.member)
        return Response(PublicationSerializer({"shown_to": shown_to()}).data)

    @extend_schema(operation_id="availability_publish", request=PublicationSerializer, responses=PublicationSerializer)
    def put(self, request: MemberApiRequest, slug: str) -> Response:
        """Say to whom it is shown from now on."""
        check_can_keep_districts(request.member)
        sent = sent_in(PublicationSerializer, request)
        actions.publish_board(shown_to=Shown(sent["shown_to"]), by=request.member)
        return Response(PublicationSerializer(sent).data)
