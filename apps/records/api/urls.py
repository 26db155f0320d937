"""Addresses of records, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.records.api.disclosures import DisclosureContentView, DisclosuresView, DisclosureView
from apps.records.api.views import RecordsView, RecordVersionsView, RecordView

app_name = "records_api"
urlpatterns = [
    path("clients/<uuid:client_id>/records/", RecordsView.as_view(), name="records"),
    path("clients/<uuid:client_id>/records/<int:record_number>/", RecordView.as_view(), name="record"),
    path(
        "clients/<uuid:client_id>/records/<int:record_number>/versions/", RecordVersionsView.as_view(), name="versions"
    ),
    path("rooms/<uuid:room_id>/disclosures/", DisclosuresView.as_view(), name="disclosures"),
    path("rooms/<uuid:room_id>/disclosures/<uuid:disclosure_id>/", DisclosureView.as_view(), name="disclosure"),
    path(
        "rooms/<uuid:room_id>/disclosures/<uuid:disclosure_id>/content/",
        DisclosureContentView.as_view(),
        name="disclosure_content",
    ),
]
