"""Environments, organizations and members for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments import queries
from apps.environments.access import members_listed_for, organizations_visible_to
from apps.environments.api.paging import PAGE, page_of
from apps.environments.api.serializers import MemberPageSerializer, OrganizationSerializer, PlaceSerializer
from apps.environments.requests import MemberApiRequest, PersonApiRequest


class EnvironmentsView(APIView):
    @extend_schema(operation_id="environments_list", responses=PlaceSerializer(many=True))
    def get(self, request: PersonApiRequest) -> Response:
        """The environments in which the caller has a place now."""
        return Response(PlaceSerializer(queries.environments_of(request.user), many=True).data)


class MembersView(APIView):
    @extend_schema(operation_id="members_list", parameters=[PAGE], responses=MemberPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The present members whom the caller may know of, by organization and reading."""
        rows = queries.member_rows(members_listed_for(request.member))
        return Response(MemberPageSerializer(page_of(request, rows)).data)


class OrganizationsView(APIView):
    @extend_schema(operation_id="organizations_list", responses=OrganizationSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The bodies that take part, as far as the caller may know of them."""
        rows = organizations_visible_to(request.member).order_by("kind", "kana", "name")
        return Response(OrganizationSerializer(rows, many=True).data)
