"""The address on a family's paper: outside every environment, for whoever holds the paper."""

from django.urls import path

from apps.oversight.views import family

urlpatterns = [
    path("f/<str:family_code>/", family.door, name="family_door"),
]
