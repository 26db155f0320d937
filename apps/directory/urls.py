"""Addresses of this app, below an environment."""

from django.urls import path

from apps.directory.views import offices, picking

app_name = "directory"
urlpatterns = [
    path("directory/", offices.offices, name="offices"),
    path("directory/<uuid:office_id>/", offices.office, name="office"),
    path("directory/pick/offices/", picking.pick_office, name="pick_office"),
    path("directory/pick/municipalities/", picking.pick_municipality, name="pick_municipality"),
]
