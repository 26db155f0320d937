"""Who may open what, and why: of a client or of a person, of a day, or between two days; each look is an entry."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.guards import proof_missing
from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered, heads
from apps.kernel.refusals import NotHere
from apps.oversight import queries
from apps.oversight.access import check_can_read_ledger
from apps.oversight.forms import AccessForm
from apps.oversight.packing import openings
from apps.oversight.queries import Overview
from apps.oversight.refusals import TooLongForPaper

CSV = "text/csv; charset=utf-8"
MOST_ON_PAPER = 3_000


@require_safe
def overview(request: MemberRequest, slug: str) -> HttpResponse:
    """A page of rows; without a client or a person, the way to choose one."""
    check_can_read_ledger(request.member)
    form = AccessForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and (found := asked(request, form)):
        page = found.page(request.GET.get("page"))
        noted(request, found, "oversight.access_opened", clients_in(page.object_list))
        context |= {"overview": found, "page": page, "address": urlencode(form.asked())}
    return render(request, "oversight/access.html", context, status=422 if form.errors else 200)


def asked(request: MemberRequest, form: AccessForm) -> Overview | None:
    told = form.cleaned_data
    subject = queries.subject_of(request.member, client=told["client"], person=told["person"])
    if (told["client"] and not subject.client) or (told["person"] and not subject.person):
        raise NotHere(subject=told["client"] or told["person"])
    if subject.client is None and subject.person is None:
        return None
    return queries.overview_of(subject, told["on"], told["against"])


def clients_in(rows: Any) -> list[str]:
    """Whom a list names: they stand in its entry, as those of every list do."""
    return sorted({str(getattr(one, "standing", one).client.pk) for one in rows})


def noted(request: MemberRequest, found: Overview, verb: str, clients: list[str]) -> None:
    days = {"on": str(found.on), **({"against": str(found.against)} if found.against else {})}
    person = {"person": str(found.person.pk)} if found.person else {}
    detail = {"asked": {**person, **days}, "hits": len(clients), "clients": clients}
    audit.looked(verb=verb, by=request.member, client=found.client, purpose="audit", detail=detail)


def to_take_out(request: MemberRequest) -> Overview | HttpResponseBase:
    """What leaves the house, once it is asked for rightly and with a fresh proof."""
    check_can_read_ledger(request.member)
    form = AccessForm(request.GET)
    found = asked(request, form) if form.is_valid() else None
    if found is None:
        return render(request, "oversight/access.html", {"form": form}, status=422)
    return proof_missing(request) or found


@require_safe
def table(request: MemberRequest, slug: str) -> HttpResponseBase:
    """All rows, for spreadsheets."""
    found = to_take_out(request)
    if not isinstance(found, Overview):
        return found
    noted(request, found, "oversight.access_taken_out", clients_in(found.rows()))
    headers = {"Content-Disposition": f'attachment; filename="access-{found.on:%Y%m%d}.csv"', **heads(CSV)}
    return HttpResponse(openings.table(found), content_type=CSV, headers=headers)


@require_safe
def paper(request: MemberRequest, slug: str) -> HttpResponseBase:
    """All rows on sheets of A4."""
    found = to_take_out(request)
    if not isinstance(found, Overview):
        return found
    rows = found.rows()
    if len(rows) > MOST_ON_PAPER:
        raise TooLongForPaper(found=len(rows), limit=MOST_ON_PAPER)
    noted(request, found, "oversight.access_printed", clients_in(rows))
    content = openings.sheets(found, request.environment, request.member)
    return delivered(content, "application/pdf", f"access-{found.on:%Y%m%d}")
