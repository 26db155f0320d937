"""Every address, in the order of the floors."""

from django.urls import URLPattern, URLResolver, include, path

from apps.kernel.views import too_large

urlpatterns: list[URLPattern | URLResolver] = [
    path("too-large/", too_large, name="too_large"),
    path("", include("apps.home.urls")),
    path("", include("apps.paper.entrance")),
    path("", include("apps.visits.entrance")),
    path("", include("apps.calendars.entrance")),
    path("", include("apps.oversight.entrance")),
    path("e/<slug:slug>/", include("apps.handovers.urls")),
    path("e/<slug:slug>/", include("apps.calendars.urls")),
    path("e/<slug:slug>/", include("apps.oversight.urls")),
    path("e/<slug:slug>/", include("apps.records.urls")),
    path("e/<slug:slug>/", include("apps.notes.urls")),
    path("e/<slug:slug>/", include("apps.referrals.urls")),
    path("e/<slug:slug>/", include("apps.waiting.urls")),
    path("e/<slug:slug>/", include("apps.inquiries.urls")),
    path("e/<slug:slug>/", include("apps.surveys.urls")),
    path("e/<slug:slug>/", include("apps.visits.urls")),
    path("e/<slug:slug>/", include("apps.rooms.urls")),
    path("e/<slug:slug>/", include("apps.facilities.urls")),
    path("e/<slug:slug>/", include("apps.clients.urls")),
    path("e/<slug:slug>/", include("apps.paper.urls")),
    path("e/<slug:slug>/", include("apps.files.urls")),
    path("e/<slug:slug>/", include("apps.notices.urls")),
    path("", include("apps.environments.urls")),
    path("e/<slug:slug>/", include("apps.directory.urls")),
    path("", include("apps.accounts.urls")),
    path("accounts/", include("apps.accounts.entrance")),
    path("api/", include("carenet.api")),
]

handler400 = "apps.kernel.views.bad_request"
handler403 = "apps.kernel.views.not_allowed"
handler404 = "apps.kernel.views.not_here"
handler500 = "apps.kernel.views.out_of_order"
