"""Addresses of this app, below an environment."""

from django.urls import path

from apps.oversight.views import access, codes, entries, exports, family, ledger, unusual

app_name = "oversight"
CODE = "clients/<uuid:client_id>/family-codes/<uuid:code_id>/"
urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("ledger/verifier/", ledger.verifier, name="verifier"),
    path("ledger/entries/", entries.entries, name="entries"),
    path("ledger/exports/", exports.exports, name="exports"),
    path("ledger/exports/certificate/", exports.certificate, name="certificate"),
    path("ledger/exports/<uuid:export_id>/content/", exports.content, name="export_content"),
    path("ledger/access/", access.overview, name="access"),
    path("ledger/access/table/", access.table, name="access_table"),
    path("ledger/access/paper/", access.paper, name="access_paper"),
    path("ledger/whom/", entries.whom, name="whom"),
    path("ledger/questions/", entries.questions, name="questions"),
    path("ledger/questions/<uuid:question_id>/removal/", entries.removal, name="question_removal"),
    path("ledger/unusual/", unusual.unusual, name="unusual"),
    path("ledger/unusual/rules/", unusual.watch, name="watch"),
    path("ledger/unusual/<uuid:unusual_id>/", unusual.review, name="review"),
    path("ledger/family/", family.asked, name="family_asked"),
    path("ledger/family/policy/", family.policy, name="family_policy"),
    path("ledger/family/<uuid:family_question_id>/", family.answer, name="family_answer"),
    path("clients/<uuid:client_id>/family-codes/", codes.codes, name="codes"),
    path(f"{CODE}paper/", codes.paper, name="code_paper"),
    path(f"{CODE}revocation/", codes.revocation, name="code_revocation"),
]
