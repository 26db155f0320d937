"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.handovers.api.views import DepartureView, MoveView

app_name = "handovers_api"
urlpatterns = [
    path("members/<uuid:member_id>/departure/", DepartureView.as_view(), name="departure"),
    path("members/<uuid:member_id>/move/", MoveView.as_view(), name="move"),
]
