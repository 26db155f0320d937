"""Addresses of this app, below an environment."""

from django.urls import path

from apps.files.views import uploads

app_name = "files"
urlpatterns = [
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("uploads/<uuid:file_id>/file/", uploads.file, name="file"),
]
