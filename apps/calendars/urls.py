"""Addresses of this app, below an environment."""

from django.urls import path

from apps.calendars.views import calendar

app_name = "calendars"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
]
