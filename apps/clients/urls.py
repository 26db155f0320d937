"""Addresses of this app, below an environment."""

from django.urls import path

from apps.clients.views import (
    clients,
    consents,
    emergencies,
    exceptions,
    openings,
    papers,
    records,
    registering,
    seats,
    teams,
)

app_name = "clients"
urlpatterns = [
    path("clients/", clients.client_list, name="list"),
    path("clients/new/", registering.new, name="new"),
    path("clients/expiring/", consents.expiring, name="expiring"),
    path("clients/emergency/", emergencies.emergency, name="emergency"),
    path("clients/report/", emergencies.report, name="report"),
    path("exceptions/", exceptions.exception_list, name="exceptions"),
    path("exceptions/<uuid:exception_id>/", exceptions.exception, name="exception"),
    path("exceptions/<uuid:exception_id>/confirmation/", exceptions.confirmation, name="confirm_report"),
    path("exceptions/<uuid:exception_id>/ending/", exceptions.ending, name="end_exception"),
    path("exceptions/<uuid:exception_id>/review/", exceptions.review, name="review_exception"),
    path("clients/<uuid:client_id>/", clients.client, name="client"),
    path("clients/<uuid:client_id>/edit/", records.edit, name="edit"),
    path("clients/<uuid:client_id>/history/", records.history, name="history"),
    path("clients/<uuid:client_id>/team/", teams.team, name="team"),
    path("clients/<uuid:client_id>/seats/", seats.new, name="new_seat"),
    path("clients/<uuid:client_id>/seats/<uuid:seat_id>/end/", seats.end, name="end_seat"),
    path("clients/<uuid:client_id>/consents/", consents.consents, name="consents"),
    path("clients/<uuid:client_id>/consents/new/", consents.new, name="new_consent"),
    path("clients/<uuid:client_id>/consents/<uuid:consent_id>/withdrawal/", consents.withdraw, name="withdraw_consent"),
    path("clients/<uuid:client_id>/consent-form/", consents.form_to_sign, name="consent_form"),
    path("clients/<uuid:client_id>/papers/", papers.papers, name="papers"),
    path("clients/<uuid:client_id>/papers/new/", papers.new, name="new_paper"),
    path("clients/<uuid:client_id>/papers/<int:paper_number>/", papers.file, name="paper"),
    path("clients/<uuid:client_id>/papers/<int:paper_number>/preview/", papers.preview, name="paper_preview"),
    path("clients/<uuid:client_id>/papers/<int:paper_number>/removal/", papers.remove, name="remove_paper"),
    path("clients/<uuid:client_id>/openings/", openings.new, name="open_by_hand"),
    path("clients/<uuid:client_id>/openings/<uuid:member_id>/end/", openings.end, name="close_by_hand"),
]
