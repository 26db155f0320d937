"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.notices.api.views import NotificationsView, SightOfAllView, SightView

app_name = "notices_api"
urlpatterns = [
    path("notifications/", NotificationsView.as_view(), name="notifications"),
    path("notifications/sight/", SightOfAllView.as_view(), name="sight_of_all"),
    path("notifications/<int:notification_id>/sight/", SightView.as_view(), name="sight"),
]
