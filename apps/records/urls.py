"""Addresses of this app, below an environment."""

from django.urls import path

from apps.records.views import disclosures, making, records

app_name = "records"
urlpatterns = [
    path("rooms/<uuid:room_id>/record/", making.choose, name="choose"),
    path("rooms/<uuid:room_id>/record/draft/", making.draft, name="draft"),
    path("rooms/<uuid:room_id>/meeting/", making.choose, {"of_meeting": True}, name="choose_meeting"),
    path("rooms/<uuid:room_id>/meeting/draft/", making.draft, {"of_meeting": True}, name="draft_meeting"),
    path("rooms/<uuid:room_id>/disclosures/", disclosures.disclosures, name="disclosures"),
    path(
        "rooms/<uuid:room_id>/disclosures/<uuid:disclosure_id>/content/", disclosures.content, name="disclosure_content"
    ),
    path("clients/<uuid:client_id>/records/", records.records, name="records"),
    path("clients/<uuid:client_id>/records/<int:record_number>/", records.record, name="record"),
    path("clients/<uuid:client_id>/records/<int:record_number>/renewal/", making.renew, name="renew"),
    path("clients/<uuid:client_id>/records/<int:record_number>/paper/", records.paper, name="paper"),
    path("clients/<uuid:client_id>/records/<int:record_number>/table/", records.table, name="table"),
]
