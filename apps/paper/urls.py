"""Addresses of this app, below an environment."""

from django.urls import path

from apps.paper.views import scans, sheets

app_name = "paper"
urlpatterns = [
    path("paper/", scans.scans, name="scans"),
    path("paper/new/", scans.new, name="new"),
    path("paper/codes/", sheets.find, name="find"),
    path("paper/scans/<uuid:scan_id>/", scans.scan, name="scan"),
    path("paper/scans/<uuid:scan_id>/picture/", scans.picture, name="picture"),
    path("paper/scans/<uuid:scan_id>/sheet/", scans.match, name="match"),
    path("paper/scans/<uuid:scan_id>/aside/", scans.aside, name="aside"),
    path("paper/sheets/<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("paper/sheets/<uuid:sheet_id>/void/", sheets.void, name="void"),
]
