"""Files people send, on their way and kept; and how much of them there may be."""

from apps.files.models.files import FilePicture, FileState, PictureRole, StoredFile
from apps.files.models.limits import FileLimits
from apps.files.models.reservations import FileReservation
from apps.files.models.uploads import Upload, UploadPiece

__all__ = [
    "FileLimits",
    "FilePicture",
    "FileReservation",
    "FileState",
    "PictureRole",
    "StoredFile",
    "Upload",
    "UploadPiece",
]
