"""Addresses of the API, and its description."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from apps.kernel.views import too_large

urlpatterns: list[URLPattern | URLResolver] = [
    path("too-large/", too_large, name="api_too_large"),
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("v1/", include("apps.accounts.api.urls")),
    path("v1/directory/", include("apps.directory.api.urls")),
    path("v1/", include("apps.environments.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.notices.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.files.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.paper.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.clients.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.facilities.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.rooms.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.handovers.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.oversight.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.records.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.notes.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.surveys.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.referrals.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.inquiries.api.urls")),
    path("v1/e/<slug:slug>/", include("apps.visits.api.urls")),
    path("v1/e/<slug:slug>/fhir/", include("apps.visits.api.fhir")),
    path("v1/e/<slug:slug>/", include("apps.waiting.api.urls")),
]
