"""Addresses of the directory's API."""

from django.urls import path

from . import views

app_name = "directory_api"
urlpatterns = [
    path("offices/", views.Offices.as_view(), name="offices"),
    path("offices/<uuid:office_id>/", views.OneOffice.as_view(), name="office"),
    path("municipalities/", views.Municipalities.as_view(), name="municipalities"),
    path("holidays/", views.Holidays.as_view(), name="holidays"),
]
