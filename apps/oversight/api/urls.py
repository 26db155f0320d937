"""Addresses of this app's API, below an environment."""

from django.urls import path

from apps.oversight.api import views

app_name = "oversight_api"
urlpatterns = [
    path("ledger/export/", views.ExportView.as_view(), name="export"),
]
