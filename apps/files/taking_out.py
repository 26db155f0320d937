"""How a file leaves the house: whole and untouched, or with a mark of who took it out, where the environment wants one."""

import io
from typing import IO

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from apps.environments.models import Member
from apps.files.delivery import handed_out, plays
from apps.files.models import StoredFile
from apps.files.printing import can_be_marked, marked
from apps.files.queries import limits_of, opened
from apps.files.refusals import NotYetReady


def taken_out(request: HttpRequest, file: StoredFile, *, by: Member) -> HttpResponseBase:
    """The bytes, under the file's name; who may have them has been asked. NotYetReady while they are looked at, or where
    they were thrown away."""
    if not file.is_ready:
        raise NotYetReady(subject=file)
    source: IO[bytes] = opened(file)
    size = file.size
    if can_be_marked(file) and not plays(file.content_type) and limits_of(file.environment_id).marks_downloads:
        with source:
            content = marked(file, source, mark_of(by))
        source, size = io.BytesIO(content), len(content)
    return handed_out(request, source, size, file.content_type, file.name)


def mark_of(by: Member) -> str:
    """Who, of where, and when: as it is burnt in."""
    at = timezone.localtime()
    return f"{by.name}（{by.organization.name}） {at:%Y-%m-%d %H:%M}"
