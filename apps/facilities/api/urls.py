"""Addresses of this app's API, below an environment."""

from django.urls import path

from apps.facilities.api import districts, views

app_name = "facilities_api"
FACILITY = "facilities/<uuid:facility_id>/"
urlpatterns = [
    path("availability/", views.BoardView.as_view(), name="board"),
    path("availability/publication/", districts.PublicationView.as_view(), name="publication"),
    path("school-districts/", districts.DistrictsView.as_view(), name="districts"),
    path("school-districts/<uuid:district_id>/", districts.DistrictView.as_view(), name="district"),
    path("facilities/", views.FacilitiesView.as_view(), name="facilities"),
    path(FACILITY, views.FacilityView.as_view(), name="facility"),
    path(f"{FACILITY}answers/", views.AnswersView.as_view(), name="answers"),
    path(f"{FACILITY}confirmation/", views.ConfirmationView.as_view(), name="confirmation"),
]
