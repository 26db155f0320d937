"""Addresses of this app, below an environment."""

from django.urls import path

from apps.inquiries.views import asked, chasing, inquiries, sending, sheets, unmet

app_name = "inquiries"
INQUIRY = "inquiries/<uuid:inquiry_id>/"
urlpatterns = [
    path("inquiries/", asked.asked, name="asked"),
    path("inquiries/asked/<uuid:recipient_id>/", asked.asked_one, name="asked_one"),
    path("inquiries/own/", inquiries.own, name="own"),
    path("inquiries/refusals/", unmet.refusals, name="refusals"),
    path("inquiries/refusals/table/", unmet.refusals_table, name="refusals_table"),
    path("inquiries/refusals/paper/", unmet.refusals_paper, name="refusals_paper"),
    path("clients/<uuid:client_id>/inquiries/new/", sending.new, name="new"),
    path(INQUIRY, inquiries.inquiry, name="inquiry"),
    path(f"{INQUIRY}due/", chasing.due, name="due"),
    path(f"{INQUIRY}reminder/", chasing.reminder, name="reminder"),
    path(f"{INQUIRY}recipients/<uuid:recipient_id>/proxy/", chasing.proxy, name="proxy"),
    path(f"{INQUIRY}sheets/", sheets.sheets, name="sheets"),
    path(f"{INQUIRY}recipients/<uuid:recipient_id>/scans/<uuid:scan_id>/", sheets.from_scan, name="from_scan"),
    path(f"{INQUIRY}withdrawal/", inquiries.withdrawal, name="withdrawal"),
    path(f"{INQUIRY}recipients/<uuid:recipient_id>/release/", inquiries.release, name="release"),
]
