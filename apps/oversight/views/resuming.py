"""A file that goes on where a connection broke: byte ranges of what never changes (RFC 9110, 14)."""

from datetime import timedelta
from typing import IO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.requests import MemberRequest
from apps.files.delivery import heads, in_turn, parts_of, span_asked
from apps.oversight.models import Export, Form

TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.FHIR: "application/fhir+ndjson",
    Form.PDF: "application/pdf",
}
# So long after it began, a download goes on by the proof with which it began.
GOES_ON_FOR = timedelta(hours=1)


def tag_of(export: Export) -> str:
    return f'"{export.sha256}"'


def resumes(request: MemberRequest, export: Export) -> bool:
    """Whether this asks for the rest of a file that the same person began to take within the hour.

    Whoever asks for the rest names what they have by its hash, which only who began knows from the answer's head.
    """
    begins_at, _ = span_asked(request, export.size)
    if begins_at == 0 or request.headers.get("If-Range") != tag_of(export):
        return False
    begun = {"verb": "oversight.export_taken_out", "subject_id": str(export.pk), "member_id": request.member.pk}
    return bool(Entry.objects.filter(**begun, recorded_at__gt=timezone.now() - GOES_ON_FOR).exists())


def sent(request: MemberRequest, export: Export, file: IO[bytes]) -> HttpResponseBase:
    """The whole, or from any byte on; closed when the last part has gone, or the browser has."""
    first, last = span_of(request, export)
    file.seek(first)
    parts = parts_of(file, last - first + 1)
    body = in_turn(parts) if isinstance(request, ASGIRequest) else parts
    kind, status = TYPES[Form(export.form)], 206 if last - first + 1 < export.size else 200
    headers = {**heads(kind), **headed(export, first, last)}
    response = StreamingHttpResponse(body, status=status, content_type=kind, headers=headers)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def span_of(request: MemberRequest, export: Export) -> tuple[int, int]:
    """The first and the last byte to send: of another file than the one that was begun, all of them."""
    is_same = request.headers.get("If-Range", tag_of(export)) == tag_of(export)
    return span_asked(request, export.size) if is_same else (0, export.size - 1)


def headed(export: Export, first: int, last: int) -> dict[str, str]:
    headers = {
        "Content-Disposition": f'attachment; filename="{export.file_name}"',
        "Content-Length": str(last - first + 1),
        "Accept-Ranges": "bytes",
        "ETag": tag_of(export),
    }
    is_part = last - first + 1 < export.size
    return {**headers, "Content-Range": f"bytes {first}-{last}/{export.size}"} if is_part else headers
