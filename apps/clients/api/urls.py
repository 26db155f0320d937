"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.clients.api.consents import ConsentsView, EvidenceView, WaitingView, WithdrawalView
from apps.clients.api.exceptions import ExceptionsView
from apps.clients.api.keeping import (
    InspectionSearchView,
    InspectionsView,
    InspectionView,
    KeptListView,
    KeptPaperView,
    KeptView,
)
from apps.clients.api.papers import ClearanceView, PaperContentView, PapersView, PaperView
from apps.clients.api.places import PetitionApprovalView, PetitionsView, PetitionView, PlacesView, ProtectionView
from apps.clients.api.records import (
    CertificationsView,
    CertificationView,
    ContactsView,
    ContactView,
    NumberOpeningView,
    NumbersView,
    NumberView,
)
from apps.clients.api.teams import OpeningsView, OpeningView, PeopleView, PersonView, ResponsibilityView
from apps.clients.api.transfers import TransferApprovalView, TransfersView, TransferView
from apps.clients.api.views import ClientsView, ClientView, SeatsView, SeatView
from apps.clients.api.wordings import PrintedFormContentView, PrintedFormsView, WordingsView

app_name = "clients_api"
urlpatterns = [
    path("transfers/", TransfersView.as_view(), name="transfers"),
    path("transfers/<uuid:transfer_id>/", TransferView.as_view(), name="transfer"),
    path("transfers/<uuid:transfer_id>/approval/", TransferApprovalView.as_view(), name="transfer_approval"),
    path("exceptions/", ExceptionsView.as_view(), name="exceptions"),
    path("clients/", ClientsView.as_view(), name="clients"),
    path("clients/waiting/", WaitingView.as_view(), name="waiting"),
    path("clients/kept/", KeptListView.as_view(), name="kept_list"),
    path("clients/inspections/", InspectionsView.as_view(), name="inspections"),
    path("clients/inspections/search/", InspectionSearchView.as_view(), name="inspection_search"),
    path("clients/<uuid:client_id>/kept/", KeptView.as_view(), name="kept"),
    path(
        "clients/<uuid:client_id>/kept/papers/<int:paper_number>/content/", KeptPaperView.as_view(), name="kept_paper"
    ),
    path("clients/<uuid:client_id>/inspection/", InspectionView.as_view(), name="inspection"),
    path("clients/<uuid:client_id>/", ClientView.as_view(), name="client"),
    path("clients/<uuid:client_id>/consents/", ConsentsView.as_view(), name="consents"),
    path(
        "clients/<uuid:client_id>/consents/<uuid:consent_id>/withdrawal/", WithdrawalView.as_view(), name="withdrawal"
    ),
    path("clients/<uuid:client_id>/consents/<uuid:consent_id>/evidence/", EvidenceView.as_view(), name="evidence"),
    path("consent-form/", WordingsView.as_view(), name="wordings"),
    path("clients/<uuid:client_id>/consent-forms/", PrintedFormsView.as_view(), name="consent_forms"),
    path(
        "clients/<uuid:client_id>/consent-forms/<int:form_number>/content/",
        PrintedFormContentView.as_view(),
        name="consent_form",
    ),
    path("clients/<uuid:client_id>/papers/", PapersView.as_view(), name="papers"),
    path("clients/<uuid:client_id>/papers/<int:paper_number>/", PaperView.as_view(), name="paper"),
    path(
        "clients/<uuid:client_id>/papers/<int:paper_number>/content/", PaperContentView.as_view(), name="paper_content"
    ),
    path(
        "clients/<uuid:client_id>/papers/<int:paper_number>/clearance/", ClearanceView.as_view(), name="paper_clearance"
    ),
    path("clients/<uuid:client_id>/numbers/", NumbersView.as_view(), name="numbers"),
    path("clients/<uuid:client_id>/numbers/<uuid:number_id>/", NumberView.as_view(), name="number"),
    path("clients/<uuid:client_id>/numbers/<uuid:number_id>/opening/", NumberOpeningView.as_view(), name="opening"),
    path("clients/<uuid:client_id>/certifications/", CertificationsView.as_view(), name="certifications"),
    path(
        "clients/<uuid:client_id>/certifications/<uuid:certification_id>/",
        CertificationView.as_view(),
        name="certification",
    ),
    path("clients/<uuid:client_id>/contacts/", ContactsView.as_view(), name="contacts"),
    path("clients/<uuid:client_id>/contacts/<uuid:contact_id>/", ContactView.as_view(), name="contact"),
    path("clients/<uuid:client_id>/places/", PlacesView.as_view(), name="places"),
    path("clients/<uuid:client_id>/protection/", ProtectionView.as_view(), name="protection"),
    path("clients/<uuid:client_id>/petitions/", PetitionsView.as_view(), name="petitions"),
    path("clients/<uuid:client_id>/petitions/<uuid:petition_id>/", PetitionView.as_view(), name="petition"),
    path(
        "clients/<uuid:client_id>/petitions/<uuid:petition_id>/approval/",
        PetitionApprovalView.as_view(),
        name="petition_approval",
    ),
    path("clients/<uuid:client_id>/seats/", SeatsView.as_view(), name="seats"),
    path("clients/<uuid:client_id>/seats/<uuid:seat_id>/people/", PeopleView.as_view(), name="people"),
    path("clients/<uuid:client_id>/people/<uuid:person_id>/", PersonView.as_view(), name="person"),
    path("clients/<uuid:client_id>/responsibility/", ResponsibilityView.as_view(), name="responsibility"),
    path("clients/<uuid:client_id>/openings/", OpeningsView.as_view(), name="openings"),
    path("clients/<uuid:client_id>/openings/<uuid:member_id>/", OpeningView.as_view(), name="hand_opening"),
    path("clients/<uuid:client_id>/seats/<uuid:seat_id>/", SeatView.as_view(), name="seat"),
]
