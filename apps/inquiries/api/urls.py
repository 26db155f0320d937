"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.inquiries.api import asked, chasing, sheets, unmet, views

app_name = "inquiries_api"
INQUIRY = "inquiries/<uuid:inquiry_id>/"
ASKED = "inquiries/asked/<uuid:recipient_id>/"
urlpatterns = [
    path("inquiries/", views.InquiriesView.as_view(), name="inquiries"),
    path("inquiries/asked/", asked.AskedInquiriesView.as_view(), name="asked"),
    path(ASKED, asked.AskedInquiryView.as_view(), name="asked_one"),
    path(f"{ASKED}reply/", asked.InquiryReplyView.as_view(), name="reply"),
    path(INQUIRY, views.InquiryView.as_view(), name="inquiry"),
    path(f"{INQUIRY}due/", chasing.InquiryDueView.as_view(), name="due"),
    path(f"{INQUIRY}reminder/", chasing.InquiryReminderView.as_view(), name="reminder"),
    path(f"{INQUIRY}recipients/<uuid:recipient_id>/proxy/", chasing.InquiryProxyView.as_view(), name="proxy"),
    path("inquiries/refusals/", unmet.RefusalsView.as_view(), name="refusals"),
    path(f"{INQUIRY}sheets/", sheets.InquirySheetsView.as_view(), name="sheets"),
    path(
        f"{INQUIRY}recipients/<uuid:recipient_id>/scans/<uuid:scan_id>/", sheets.InquiryScanView.as_view(), name="scan"
    ),
    path(f"{INQUIRY}release/", views.ReleaseView.as_view(), name="release"),
    path(f"{INQUIRY}withdrawal/", views.WithdrawalView.as_view(), name="withdrawal"),
]
