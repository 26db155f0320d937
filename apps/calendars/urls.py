"""Addresses of this app, below an environment."""

from django.urls import path

from apps.calendars.views import calendar, feeds

app_name = "calendars"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/", feeds.settings_page, name="feed"),
    path("calendar/feed/revocation/", feeds.revocation, name="revocation"),
    path("visits/<uuid:visit_id>/calendar/", feeds.file, name="file"),
]
