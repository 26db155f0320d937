"""The public files that come with the software, and whose they are (data/README.md)."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE) / "data"


@dataclass(frozen=True)
class ShippedFile:
    path: Path
    # The date the publisher gave the data, where it is known.
    edition_on: date | None


def shipped_files() -> list[ShippedFile]:
    """The shipped files in the order they have to be imported."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return [
        ShippedFile(FOLDER / entry["file"], date.fromisoformat(entry["edition"]) if entry["edition"] else None)
        for entry in manifest
    ]
