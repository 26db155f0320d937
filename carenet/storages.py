"""Where files lie: each kind in a folder of its own that no web server reaches. Every file goes through its door."""

from pathlib import Path
from typing import Any

# Folder by folder, the door that opens it.
FOLDERS = {
    "papers": "apps/clients/views/papers.py",
    "files": "the door of what they are attached to; their pieces on the way lie here too",
    "scans": "apps/paper/views",
    "disclosures": "apps/records/actions/disclosures.py: whole rooms packed to be handed over, each for a week",
    "exports": "apps/oversight/actions/exports.py: entries of the ledger that auditors take out, each for a week",
}


def storages_in(media: Path, *, plain_http: bool) -> dict[str, Any]:
    """Django's STORAGES, with the private folders below `media`.

    Over plain HTTP, which is the demo and the tests, static files are served as they lie in the sources.
    """
    static = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
        if plain_http
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    )
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": static},
        **{folder: private(media / folder) for folder in FOLDERS},
    }


def private(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    }
