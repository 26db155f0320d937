"""Addresses of this app, below an environment."""

from django.urls import path

from apps.oversight.views import entries, ledger, unusual

app_name = "oversight"
urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("ledger/verifier/", ledger.verifier, name="verifier"),
    path("ledger/entries/", entries.entries, name="entries"),
    path("ledger/whom/", entries.whom, name="whom"),
    path("ledger/questions/", entries.questions, name="questions"),
    path("ledger/questions/<uuid:question_id>/removal/", entries.removal, name="question_removal"),
    path("ledger/unusual/", unusual.unusual, name="unusual"),
    path("ledger/unusual/rules/", unusual.watch, name="watch"),
    path("ledger/unusual/<uuid:unusual_id>/", unusual.review, name="review"),
]
