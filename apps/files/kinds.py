"""Which files are accepted: what a file's bytes may be, and which endings of a name go with that."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE


class FileKind(models.TextChoices):
    """What a person calls a file."""

    PICTURE = "picture", _("Picture")
    PDF = "pdf", "PDF"
    OFFICE = "office", _("Office document")
    TEXT = "text", _("Text or CSV")
    ARCHIVE = "archive", pgettext_lazy("a kind of file", "Archive")
    SOUND = "sound", _("Sound")
    FILM = "film", _("Film")


@dataclass(frozen=True)
class Format:
    """One kind of bytes that is accepted; the first ending is the one a name without any is given."""

    content_type: str
    kind: FileKind
    label: str
    endings: tuple[str, ...]


JPEG = Format("image/jpeg", FileKind.PICTURE, "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Format("image/png", FileKind.PICTURE, "PNG", (".png",))
GIF = Format("image/gif", FileKind.PICTURE, "GIF", (".gif",))
WEBP = Format("image/webp", FileKind.PICTURE, "WebP", (".webp",))
HEIC = Format("image/heic", FileKind.PICTURE, "HEIC", (".heic", ".heif"))
PDF = Format("application/pdf", FileKind.PDF, "PDF", (".pdf",))
OFFICE_XML = "application/vnd.openxmlformats-officedocument"
WORD = Format(f"{OFFICE_XML}.wordprocessingml.document", FileKind.OFFICE, "Word", (".docx",))
EXCEL = Format(f"{OFFICE_XML}.spreadsheetml.sheet", FileKind.OFFICE, "Excel", (".xlsx",))
SLIDES = Format(f"{OFFICE_XML}.presentationml.presentation", FileKind.OFFICE, "PowerPoint", (".pptx",))
# A text that is a table by its name is a table; the bytes are the same either way.
TEXT = Format("text/plain", FileKind.TEXT, "TXT", (".txt",))
CSV = Format("text/csv", FileKind.TEXT, "CSV", (".csv",))
ZIP = Format("application/zip", FileKind.ARCHIVE, "ZIP", (".zip",))
MP3 = Format("audio/mpeg", FileKind.SOUND, "MP3", (".mp3",))
M4A = Format("audio/mp4", FileKind.SOUND, "M4A", (".m4a",))
WAV = Format("audio/wav", FileKind.SOUND, "WAV", (".wav",))
MP4 = Format("video/mp4", FileKind.FILM, "MP4", (".mp4", ".m4v"))
MOV = Format("video/quicktime", FileKind.FILM, "MOV", (".mov", ".qt"))

FORMATS = (JPEG, PNG, GIF, WEBP, HEIC, PDF, WORD, EXCEL, SLIDES, TEXT, CSV, ZIP, MP3, M4A, WAV, MP4, MOV)
FORMAT_OF = {one.content_type: one for one in FORMATS}
# What a browser may offer to choose from; it is only an offer.
OFFERED = ",".join(dict.fromkeys(ending for one in FORMATS for ending in one.endings))
