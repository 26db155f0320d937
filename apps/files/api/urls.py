"""Addresses of files that are attached to nothing yet, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.files.api.views import FileLimitsView, FilesView, FileView, UploadsView, UploadView

app_name = "files_api"
urlpatterns = [
    path("uploads/", UploadsView.as_view(), name="uploads"),
    path("uploads/<uuid:upload_id>/", UploadView.as_view(), name="upload"),
    path("files/", FilesView.as_view(), name="files"),
    path("files/limits/", FileLimitsView.as_view(), name="limits"),
    path("files/<uuid:file_id>/", FileView.as_view(), name="file"),
]
