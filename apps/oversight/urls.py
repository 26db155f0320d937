"""Addresses of this app, below an environment."""

from django.urls import path

from apps.oversight.views import ledger

app_name = "oversight"
urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("ledger/verifier/", ledger.verifier, name="verifier"),
]
