"""How a file leaves a room."""

from django.http import HttpRequest, HttpResponseBase

from apps.environments.models import Member
from apps.files import taking_out as files
from apps.rooms.models import Attachment


def taken_out(request: HttpRequest, attachment: Attachment, *, by: Member) -> HttpResponseBase:
    """The bytes, under the file's name, marked where the environment wants it."""
    return files.taken_out(request, attachment.file, by=by)
