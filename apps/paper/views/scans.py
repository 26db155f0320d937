"""What came back: taken in, listed, looked at beside its picture, matched by hand, put aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.environments.uploads import sized
from apps.files.delivery import delivered
from apps.kernel.paging import paged
from apps.paper import actions, queries
from apps.paper.access import check_can_use_paper, newest, scan_for
from apps.paper.asking import asking
from apps.paper.forms import CodeForm, MatchForm, ScansForm
from apps.paper.limits import check_whole
from apps.paper.models import Scan, ScanState

TABS = ("back", "quarantine", "settled")


@require_safe
def scans(request: MemberRequest, slug: str) -> HttpResponse:
    """What came back and waits to be confirmed; or the quarantine; or what was dealt with."""
    check_can_use_paper(request.member)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "back"
    page = paged(queries.scans_in(request.member, tab), request.GET.get("page"))
    quarantined = queries.quarantined_count(request.member)
    return render(
        request, "paper/scans.html", {"page": page, "tab": tab, "quarantined": quarantined, "form": CodeForm()}
    )


@sized(check_whole)
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Send scans: several files at once, several pages in each. All of them are kept, or none."""
    check_can_use_paper(request.member)
    form = ScansForm(request.POST, request.FILES) if request.method == "POST" else ScansForm()
    if form.is_valid():
        taken = actions.take_files(files=form.cleaned_data["scans"], by=request.member)
        said = ngettext("%(count)s page is being read.", "%(count)s pages are being read.", len(taken))
        messages.success(request, said % {"count": len(taken)})
        return redirect("paper:scans", slug=slug)
    return render(request, "paper/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def scan(request: MemberRequest, slug: str, scan_id: UUID) -> HttpResponse:
    """A scan beside what was read of it."""
    found = scan_for(request.member, scan_id)
    audit.looked(verb="paper.scan_opened", by=request.member, subject=found)
    return shown(request, found, MatchForm(initial=guessed(found)))


def guessed(found: Scan) -> dict[str, Any]:
    """Whose it may be, as far as something was read of it."""
    return {} if found.sheet is None else {"code": newest(found.sheet).shown_code, "page": found.page}


def shown(request: MemberRequest, found: Scan, form: MatchForm) -> HttpResponse:
    context = {"scan": found, "questions": queries.questions_read(found), "form": form}
    if found.sheet is not None and found.state == ScanState.READ:
        context |= {"path": asking.path_of_scan(found), "back": queries.returned(found.sheet)}
    return render(request, "paper/scan.html", context, status=422 if form.errors else 200)


@require_safe
def picture(request: MemberRequest, slug: str, scan_id: UUID) -> HttpResponse:
    """The page as it was drawn when it came. Its address and its name tell nothing."""
    found = scan_for(request.member, scan_id)
    audit.looked(verb="paper.scan_opened", by=request.member, subject=found)
    content = queries.upright_picture_of(found)
    return delivered(content, queries.content_type_of(content), "scan")


@require_POST
def match(request: MemberRequest, slug: str, scan_id: UUID) -> HttpResponse:
    """Say whose sheet a scan in quarantine is."""
    found = scan_for(request.member, scan_id)
    form = MatchForm(request.POST)
    if not form.is_valid():
        return shown(request, found, form)
    actions.match_scan(scan=found, **form.cleaned_data, by=request.member)
    messages.success(request, _("The scan belongs to this sheet now. Please compare what stands on it."))
    return redirect("paper:scan", slug=slug, scan_id=scan_id)


@require_POST
def aside(request: MemberRequest, slug: str, scan_id: UUID) -> HttpResponse:
    """Put a scan aside: nothing more comes of it."""
    actions.put_aside(scan=scan_for(request.member, scan_id), by=request.member)
    messages.success(request, _("The scan was put aside. Its picture is kept."))
    return redirect("paper:scans", slug=slug)
