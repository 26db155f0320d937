"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.surveys.api import gallery, lists, replies, results, sheets, views

app_name = "surveys_api"
SURVEY = "surveys/<uuid:survey_id>/"
DRAFT = "surveys/drafts/<uuid:draft_id>/"
TEMPLATE = "surveys/gallery/<uuid:template_id>/"
RECIPIENT = f"{SURVEY}recipients/<int:recipient_number>/"
urlpatterns = [
    path("surveys/", views.SurveysView.as_view(), name="surveys"),
    path("surveys/lists/", lists.TargetListsView.as_view(), name="target_lists"),
    path("surveys/lists/<uuid:list_id>/", lists.TargetListView.as_view(), name="target_list"),
    path("surveys/asked/", replies.AskedView.as_view(), name="asked"),
    path("surveys/gallery/", gallery.GalleryView.as_view(), name="gallery"),
    path("surveys/gallery/ready/<slug:template_key>/", gallery.ReadyView.as_view(), name="ready"),
    path(TEMPLATE, gallery.TemplateView.as_view(), name="template"),
    path(f"{TEMPLATE}sharing/", gallery.SharingView.as_view(), name="sharing"),
    path(f"{SURVEY}template/", gallery.KeepView.as_view(), name="keep"),
    path(f"{SURVEY}twin/", gallery.TwinView.as_view(), name="twin"),
    path(f"{SURVEY}file/", gallery.FileView.as_view(), name="file"),
    path(SURVEY, views.SurveyView.as_view(), name="survey"),
    path(f"{SURVEY}recipients/", views.AskedOfficesView.as_view(), name="recipients"),
    path(f"{SURVEY}due/", views.ExtensionView.as_view(), name="due"),
    path(f"{SURVEY}closing/", views.ClosingView.as_view(), name="closing"),
    path(f"{SURVEY}reminder/", views.ReminderView.as_view(), name="reminder"),
    path(f"{SURVEY}questions/<int:question_number>/date/", views.FixedDateView.as_view(), name="date"),
    path(f"{SURVEY}sheets/", sheets.SheetsView.as_view(), name="sheets"),
    path(f"{SURVEY}results/", results.ResultsView.as_view(), name="results"),
    path(f"{SURVEY}results/crossing/", results.CrossingView.as_view(), name="results_crossing"),
    path(DRAFT, views.DraftView.as_view(), name="draft"),
    path(f"{DRAFT}description/", views.DescriptionView.as_view(), name="description"),
    path(f"{DRAFT}recipients/", views.RecipientsView.as_view(), name="draft_recipients"),
    path(f"{DRAFT}opening/", views.OpeningView.as_view(), name="opening"),
    path(f"{RECIPIENT}reply/", replies.ReplyView.as_view(), name="reply"),
    path(f"{RECIPIENT}reply/same/", replies.SameView.as_view(), name="same"),
    path(f"{RECIPIENT}scans/<uuid:scan_id>/", sheets.ScanView.as_view(), name="from_scan"),
    path(f"{RECIPIENT}files/<int:file_number>/", replies.ReplyFileView.as_view(), name="reply_file"),
    path(f"{RECIPIENT}proxy/", replies.ProxyView.as_view(), name="proxy"),
]
