"""Addresses of this app, below an environment."""

from django.urls import path

from apps.facilities.views import answers, board, districts, facilities

app_name = "facilities"
FACILITY = "facilities/<uuid:facility_id>/"
urlpatterns = [
    path("availability/", board.board, name="board"),
    path("availability/paper/", board.paper, name="board_paper"),
    path("availability/publication/", board.publication, name="publication"),
    path("facilities/", facilities.facilities, name="facilities"),
    path("facilities/new/", facilities.new, name="new"),
    path("facilities/directory/", facilities.from_directory, name="from_directory"),
    path(FACILITY, facilities.facility, name="facility"),
    path(f"{FACILITY}change/", facilities.change, name="change"),
    path(f"{FACILITY}availability/", answers.availability, name="availability"),
    path(f"{FACILITY}confirmation/", answers.confirmation, name="confirmation"),
    path("school-districts/", districts.districts, name="districts"),
    path("school-districts/<uuid:district_id>/", districts.district, name="district"),
    path("school-districts/<uuid:district_id>/removal/", districts.removal, name="district_removal"),
]
