"""Addresses of this app, below an environment."""

from django.urls import path

from apps.handovers.views import places

app_name = "handovers"
urlpatterns = [
    path("members/<uuid:member_id>/end/", places.leave, name="leave"),
    path("members/<uuid:member_id>/move/", places.move, name="move"),
]
