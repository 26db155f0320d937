"""Addresses of this app, below /api/v1/."""

from django.urls import path

from apps.environments.api.views import EnvironmentsView, MembersView, OrganizationsView

app_name = "environments_api"
urlpatterns = [
    path("environments/", EnvironmentsView.as_view(), name="environments"),
    path("e/<slug:slug>/members/", MembersView.as_view(), name="members"),
    path("e/<slug:slug>/organizations/", OrganizationsView.as_view(), name="organizations"),
]
