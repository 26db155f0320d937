"""The address in the QR code of a sheet: outside every environment, for whoever holds the sheet."""

from django.urls import path

from apps.paper.views import door

urlpatterns = [
    path("s/<str:code>/", door.door, name="sheet_door"),
]
