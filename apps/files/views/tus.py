"""The tus protocol 1.0.0 (core, creation, expiration, termination, checksum): uploads that go on after a broken line.

The same answers for pages and for the API; who asks has been let in before. Each answer names the protocol's version, and
a request that does not is refused (tus.io, "Tus-Resumable").
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from apps.environments.models import Member
from apps.files import actions
from apps.files.access import upload_for
from apps.files.models import Upload
from apps.files.queries import limits_of
from apps.files.refusals import PieceOfAnotherType, PieceOutOfPlace, ProtocolUnknown, UploadNotSaid
from apps.kernel.numbers import whole_number

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
HASHES = {"sha1", "sha256"}
A_PIECE = "application/offset+octet-stream"

Answer = Callable[..., HttpResponse]


def spoken(answer: Answer) -> Answer:
    """Only for those who speak the protocol."""

    @wraps(answer)
    def speaking(request: HttpRequest, *things: Any) -> HttpResponse:
        if request.headers.get("Tus-Resumable") != VERSION:
            raise ProtocolUnknown
        response = answer(request, *things)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store, private"
        return response

    return speaking


def offered(request: HttpRequest, member: Member) -> HttpResponse:
    """What is spoken here; asked without a version."""
    return HttpResponse(
        status=204,
        headers={
            "Tus-Resumable": VERSION,
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Checksum-Algorithm": ",".join(sorted(HASHES)),
            "Tus-Max-Size": str(limits_of(member.environment_id).bytes_per_send),
        },
    )


@spoken
def begun(request: HttpRequest, member: Member) -> HttpResponse:
    size = number_in(request, "Upload-Length", UploadNotSaid)
    name = name_in(request.headers.get("Upload-Metadata", ""))
    upload = actions.begin_upload(name=name, size=size, by=member)
    response = HttpResponse(status=201, headers=place_of(upload))
    response["Location"] = f"{request.path}{upload.pk}/"
    return response


@spoken
def told(request: HttpRequest, member: Member, upload_id: UUID) -> HttpResponse:
    upload = upload_for(member, upload_id)
    return HttpResponse(status=200, headers={**place_of(upload), "Upload-Length": str(upload.size)})


@spoken
def gone_on_with(request: HttpRequest, member: Member, upload_id: UUID) -> HttpResponse:
    if request.content_type != A_PIECE:
        raise PieceOfAnotherType
    offset = number_in(request, "Upload-Offset", PieceOutOfPlace)
    checksum = checksum_in(request.headers.get("Upload-Checksum", ""))
    upload = actions.add_piece(upload_id=upload_id, offset=offset, content=request, by=member, checksum=checksum)  # type: ignore[arg-type]
    return HttpResponse(status=204, headers=place_of(upload))


@spoken
def given_up(request: HttpRequest, member: Member, upload_id: UUID) -> HttpResponse:
    actions.abandon_upload(upload_id=upload_id, by=member)
    return HttpResponse(status=204)


def place_of(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.arrived), "Upload-Expires": http_date(upload.expires_at.timestamp())}


def number_in(request: HttpRequest, head: str, refusal: type[Exception]) -> int:
    given = whole_number(request.headers.get(head, ""))
    if given is None:
        raise refusal
    return given


def name_in(metadata: str) -> str:
    """The value of `filename`: words in base64, in pairs that commas part."""
    pairs = (pair.split() for pair in metadata.split(","))
    found = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    try:
        name = base64.b64decode(found["filename"], validate=True).decode()
    except (KeyError, binascii.Error, UnicodeError) as error:
        raise UploadNotSaid from error
    return name.replace("\x00", "")


def checksum_in(said: str) -> tuple[str, bytes] | None:
    if not said:
        return None
    name, _, value = said.partition(" ")
    try:
        found = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise UploadNotSaid from error
    if name not in HASHES:
        raise UploadNotSaid
    return name, found
