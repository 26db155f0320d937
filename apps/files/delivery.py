"""How a file leaves the house: as what it is, kept nowhere, acting on nothing."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from apps.files.kinds import FORMAT_OF, PDF, FileKind

# A file opened by itself loads nothing and runs nothing. A browser's own reader of PDFs does not start in a sandbox:
# what could act in a PDF was refused when it came (scans/pdfs.py).
NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
SANDBOX = f"{NOTHING_ELSE}; sandbox"
POLICIES = {PDF.content_type: f"{NOTHING_ELSE}; object-src 'self'"}
A_READ = 256 * 1024
ONE_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def heads(content_type: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICIES.get(content_type, SANDBOX),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }


def delivered(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes that a browser shows as what they are, keeps nowhere, and takes nothing from. The ending is ours."""
    disposition = f'inline; filename="{name}{FORMAT_OF[content_type].endings[0]}"'
    headers = {"Content-Disposition": disposition, **heads(content_type)}
    return HttpResponse(content, content_type=content_type, headers=headers)


def handed_out(request: HttpRequest, file: IO[bytes], size: int, content_type: str, name: str) -> HttpResponseBase:
    """A file of any size in small parts, to be saved under its name; sounds and films also from any place on, to be played.

    The file is closed when the last part has gone, or the browser has.
    """
    first, last = span_asked(request, size) if plays(content_type) else (0, size - 1)
    file.seek(first)
    parts = parts_of(file, last - first + 1)
    body = in_turn(parts) if isinstance(request, ASGIRequest) else parts
    is_part = (first, last) != (0, size - 1)
    response = StreamingHttpResponse(
        body, status=206 if is_part else 200, content_type=content_type, headers=heads(content_type)
    )
    response["Content-Disposition"] = content_disposition_header(not plays(content_type), name) or "attachment"
    response["Content-Length"] = str(last - first + 1)
    if plays(content_type):
        response["Accept-Ranges"] = "bytes"
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    # Closed with the answer, also when nobody reads it to its end.
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def plays(content_type: str) -> bool:
    return FORMAT_OF[content_type].kind in {FileKind.SOUND, FileKind.FILM}


def span_asked(request: HttpRequest, size: int) -> tuple[int, int]:
    """The first and the last byte of the one range that was asked for; the whole where none, or none that there is."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or int(asked[1]) >= size:
        return 0, size - 1
    return int(asked[1]), min(int(asked[2] or size), size - 1)


def parts_of(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (part := file.read(min(A_READ, size))):
        size -= len(part)
        yield part


async def in_turn(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same on the event loop: the disk is read in a thread, and one part at a time is in memory."""
    while part := await sync_to_async(lambda: next(parts, b""), thread_sensitive=False)():
        yield part
