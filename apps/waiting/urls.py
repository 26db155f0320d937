"""Addresses of this app, below an environment."""

from django.urls import path

from apps.waiting import views

app_name = "waiting"
ENTRY = "waiting/<uuid:wait_id>/"
urlpatterns = [
    path("waiting/", views.line, name="line"),
    path("waiting/new/", views.new, name="new"),
    path(ENTRY, views.entry, name="entry"),
    path(f"{ENTRY}declining/", views.declining, name="declining"),
    path(f"{ENTRY}leaving/", views.leaving, name="leaving"),
    path(f"{ENTRY}returning/", views.returning, name="returning"),
]
