"""How long deleted and earlier texts of talk rooms are kept, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.access import check_can_administer
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.models import RetentionPolicy
from apps.rooms.models.retention import LEAST_OFFICE_YEARS, LEAST_SUPPORT_YEARS, MOST_YEARS


class RetentionSerializer(serializers.ModelSerializer[RetentionPolicy]):
    """For how many years, and why; the reason is empty while nobody has said anything and the usual years hold."""

    support_years = serializers.IntegerField(min_value=LEAST_SUPPORT_YEARS, max_value=MOST_YEARS)
    office_years = serializers.IntegerField(min_value=LEAST_OFFICE_YEARS, max_value=MOST_YEARS)

    class Meta:
        model = RetentionPolicy
        fields = ["support_years", "office_years", "reason"]


class RetentionView(APIView):
    @extend_schema(operation_id="retention_retrieve", responses=RetentionSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What holds in this environment."""
        return Response(RetentionSerializer(queries.retention_of(request.environment.pk).policy).data)

    @extend_schema(operation_id="retention_update", request=RetentionSerializer, responses=RetentionSerializer)
    def put(self, request: MemberApiRequest, slug: str) -> Response:
        """For the environment's admin, never below what the law asks for."""
        check_can_administer(request.member)
        sent = RetentionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(RetentionSerializer(actions.set_retention(by=request.member, **sent.validated_data)).data)
