"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.paper.api.scans import AsideView, MatchView, PictureView, ScansView, ScanView
from apps.paper.api.sheets import CodeView, SheetView, VoidView

app_name = "paper_api"
urlpatterns = [
    path("scans/", ScansView.as_view(), name="scans"),
    path("scans/<uuid:scan_id>/", ScanView.as_view(), name="scan"),
    path("scans/<uuid:scan_id>/picture/", PictureView.as_view(), name="picture"),
    path("scans/<uuid:scan_id>/sheet/", MatchView.as_view(), name="match"),
    path("scans/<uuid:scan_id>/aside/", AsideView.as_view(), name="aside"),
    path("sheets/by-code/", CodeView.as_view(), name="code"),
    path("sheets/<uuid:sheet_id>/", SheetView.as_view(), name="sheet"),
    path("sheets/<uuid:sheet_id>/void/", VoidView.as_view(), name="void"),
]
