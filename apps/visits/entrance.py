"""The address in the QR code of a slip: outside every environment, for whoever holds the slip."""

from django.urls import path

from apps.visits.views import family

urlpatterns = [
    path("v/<str:key>/", family.door, name="visit_door"),
]
