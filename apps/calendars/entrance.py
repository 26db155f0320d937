"""What other calendars and families read: outside every environment, for whoever holds the address."""

from django.urls import path

from apps.calendars.views import feeds

urlpatterns = [
    path("c/<str:feed_code>.ics", feeds.feed, name="calendar_feed"),
    path("v/<str:key>/calendar/", feeds.family_file, name="family_file"),
]
