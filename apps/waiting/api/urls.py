"""Addresses of this app's API, below an environment."""

from django.urls import path

from apps.waiting.api import views

app_name = "waiting_api"
ENTRY = "waiting/<uuid:wait_id>/"
urlpatterns = [
    path("waiting/", views.LineView.as_view(), name="line"),
    path(ENTRY, views.EntryView.as_view(), name="entry"),
    path(f"{ENTRY}declining/", views.DecliningView.as_view(), name="declining"),
    path(f"{ENTRY}leaving/", views.LeavingView.as_view(), name="leaving"),
    path(f"{ENTRY}returning/", views.ReturningView.as_view(), name="returning"),
]
