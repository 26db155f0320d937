"""The pickers outside every environment, for the page that opens a new one."""

from django.urls import path

from apps.directory.views import picking

app_name = "picking"
urlpatterns = [
    path("offices/", picking.pick_office, name="office"),
    path("municipalities/", picking.pick_municipality, name="municipality"),
]
