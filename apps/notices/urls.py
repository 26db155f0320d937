"""Addresses of this app, below an environment."""

from django.urls import path

from apps.notices.views import inbox

app_name = "notices"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/badge/", inbox.badge, name="badge"),
    path("notices/sight/", inbox.sight_of_all, name="sight_of_all"),
    path("notices/<int:notification_id>/sight/", inbox.sight, name="sight"),
]
