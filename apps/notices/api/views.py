"""Notifications for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.notices import actions, queries
from apps.notices.access import notification_for
from apps.notices.api.serializers import NotificationPageSerializer, SeenSerializer


class NotificationsView(APIView):
    @extend_schema(operation_id="notifications_list", parameters=[PAGE], responses=NotificationPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller is told, newest first. Listing marks nothing as seen."""
        page = page_of(request, queries.newest_first(request.member))
        return Response(NotificationPageSerializer(page | {"unseen": queries.unread_count(request.member)}).data)


class SightOfAllView(APIView):
    @extend_schema(operation_id="notifications_see_all", request=None, responses=SeenSerializer)
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Mark everything as seen."""
        return Response({"seen": actions.see_all(by=request.member)})


class SightView(APIView):
    @extend_schema(operation_id="notifications_see", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, notification_id: int) -> Response:
        """Mark one notification as seen."""
        actions.see(notification=notification_for(request.member, notification_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
