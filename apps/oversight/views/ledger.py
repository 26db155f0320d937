"""The ledger's page, its export, and the program that checks an export."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.guards import proof_missing
from apps.audit import actions as audit
from apps.audit import verify_ledger
from apps.audit.taking_out import ledger_lines
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.files.delivery import heads
from apps.oversight import actions, queries
from apps.oversight.access import check_can_read_ledger

NDJSON = "application/x-ndjson"


@require_safe
def ledger(request: MemberRequest, slug: str) -> HttpResponse:
    """How far the ledger is sealed; looking at it is an entry too."""
    check_can_read_ledger(request.member)
    audit.looked(verb="oversight.opened", by=request.member, purpose="audit")
    return render(request, "oversight/ledger.html", {"proof": queries.proof_of_ledger()})


@require_POST
def export(request: MemberRequest, slug: str) -> HttpResponseBase:
    """The whole ledger with its signed heads, in one file that is sent as it is read; with a fresh proof of who asks."""
    check_can_read_ledger(request.member)
    missing = proof_missing(request)
    return missing or taken_out(request, actions.export_ledger(by=request.member))


def taken_out(request: MemberRequest | MemberApiRequest, size: int) -> StreamingHttpResponse:
    plain: HttpRequest = getattr(request, "_request", request)
    lines = ledger_lines(size)
    body = in_the_requests_thread(lines) if isinstance(plain, ASGIRequest) else lines
    response = StreamingHttpResponse(body, content_type=NDJSON, headers=heads(NDJSON))
    name = f"ledger-{timezone.localtime():%Y%m%d-%H%M}.ndjson"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def in_the_requests_thread(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Where the database is asked, the request's own thread does it: it gives the connection back in the end."""
    while part := await sync_to_async(lambda: next(lines, b""))():
        yield part


@require_safe
def verifier(request: MemberRequest, slug: str) -> HttpResponse:
    """The program for the auditor's own machine."""
    check_can_read_ledger(request.member)
    program = Path(verify_ledger.__file__).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="verify_ledger.py"', **heads("text/x-python")}
    return HttpResponse(program, content_type="text/x-python; charset=utf-8", headers=headers)
