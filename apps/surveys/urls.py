"""Addresses of this app, below an environment."""

from django.urls import path

from apps.surveys.views import drafts, lists, replies, results, sending, sheets, surveys, templates

app_name = "surveys"
SURVEY = "surveys/<uuid:survey_id>/"
DRAFT = "surveys/drafts/<uuid:draft_id>/"
TEMPLATE = "surveys/gallery/<uuid:template_id>/"
QUESTION = f"{DRAFT}questions/<int:question_number>/"
RECIPIENT = f"{SURVEY}recipients/<int:recipient_number>/"
urlpatterns = [
    path("surveys/", lists.asked, name="asked"),
    path("surveys/own/", lists.own, name="own"),
    path("surveys/lists/", lists.target_lists, name="target_lists"),
    path("surveys/lists/<uuid:list_id>/", lists.target_list, name="target_list"),
    path("surveys/lists/<uuid:list_id>/removal/", lists.remove_list, name="remove_list"),
    path("surveys/new/", drafts.new, name="new"),
    path("surveys/new/file/", templates.bring, name="bring"),
    path("surveys/gallery/", templates.gallery, name="gallery"),
    path("surveys/gallery/ready/<slug:template_key>/", templates.ready, name="ready"),
    path(TEMPLATE, templates.template, name="template"),
    path(f"{TEMPLATE}sharing/", templates.sharing, name="sharing"),
    path(f"{TEMPLATE}removal/", templates.template_removal, name="remove_template"),
    path(f"{SURVEY}template/", templates.keep, name="keep"),
    path(f"{SURVEY}file/", templates.file, name="file"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}questions/", drafts.new_question, name="new_question"),
    path(QUESTION, drafts.question, name="question"),
    path(f"{QUESTION}place/", drafts.move_question, name="move_question"),
    path(f"{QUESTION}removal/", drafts.remove_question, name="remove_question"),
    path(f"{DRAFT}parts/", drafts.new_part, name="new_part"),
    path(f"{DRAFT}parts/<int:part_number>/", drafts.part, name="part"),
    path(f"{DRAFT}parts/<int:part_number>/removal/", drafts.remove_part, name="remove_part"),
    path(f"{DRAFT}preview/", drafts.preview, name="preview"),
    path(f"{DRAFT}targets/", sending.targets, name="targets"),
    path(f"{DRAFT}sending/", sending.sending, name="sending"),
    path(f"{DRAFT}removal/", drafts.removal, name="removal"),
    path(f"{SURVEY}twin/", drafts.twin, name="twin"),
    path(SURVEY, surveys.survey, name="survey"),
    path(f"{SURVEY}due/", surveys.due, name="due"),
    path(f"{SURVEY}reminder/", surveys.reminder, name="reminder"),
    path(f"{SURVEY}questions/<int:question_number>/dates/", surveys.dates, name="dates"),
    path(f"{SURVEY}closing/", surveys.closing, name="closing"),
    path(f"{SURVEY}sheets/", sheets.sheets, name="sheets"),
    path(f"{RECIPIENT}scans/<uuid:scan_id>/", sheets.from_scan, name="from_scan"),
    path(f"{SURVEY}results/", results.totals, name="results"),
    path(f"{SURVEY}results/offices/", results.offices, name="results_offices"),
    path(f"{SURVEY}results/crossing/", results.crossing, name="results_crossing"),
    path(f"{SURVEY}results/crossing/table/", results.crossing_table, name="results_crossing_table"),
    path(f"{SURVEY}results/table/", results.table, name="results_table"),
    path(f"{SURVEY}results/workbook/", results.workbook, name="results_workbook"),
    path(f"{SURVEY}results/paper/", results.paper, name="results_paper"),
    path(f"{RECIPIENT}proxy/", surveys.proxy, name="proxy"),
    path(f"{RECIPIENT}reply/", replies.reply, name="reply"),
    path(f"{RECIPIENT}reply/same/", replies.same, name="same"),
    path(f"{RECIPIENT}files/<int:file_number>/", replies.reply_file, name="reply_file"),
    path(f"{RECIPIENT}receipt/", replies.receipt, name="receipt"),
]
