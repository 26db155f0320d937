"""Papers in a client's record: listed, added, opened one by one through their door, removed from sight."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import can_change_team, can_clear, check_can_change_team, opened_paper_for, paper_for
from apps.clients.forms import PaperForm
from apps.clients.models import ContentType
from apps.clients.scans import check_weight
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.environments.uploads import sized
from apps.files.delivery import delivered
from apps.kernel.refusals import NotHere


@require_safe
def papers(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The papers by kind, the newest first."""
    client = client_in(request, client_id)
    audit.opened(client, by=request.member)
    may_change = can_change_team(request.member, client)
    context = {"client": client, "drawers": queries.drawers(request.member, client), "can_change_team": may_change}
    context["may_clear"] = client.is_protected and can_clear(request.member, client)
    return render(request, "clients/papers.html", context)


@sized(check_weight)
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Add a scan or a document."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_valid():
        actions.keep_paper(client=client, **form.paper(), by=request.member)
        messages.success(request, _("The paper is in the record now."))
        return redirect("clients:papers", slug=slug, client_id=client_id)
    audit.opened(client, by=request.member)
    return render(
        request, "clients/new_paper.html", {"client": client, "form": form}, status=422 if form.errors else 200
    )


@require_safe
def file(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """The file itself. Its address and its name tell nothing."""
    client = client_in(request, client_id)
    paper = opened_paper_for(request.member, client, paper_number)
    audit.opened(client, by=request.member, subject=paper)
    return delivered(queries.bytes_of(paper), paper.content_type, f"paper-{paper.number}")


@require_safe
def preview(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """A small picture of a photo; a PDF has none."""
    client = client_in(request, client_id)
    paper = opened_paper_for(request.member, client, paper_number)
    if not paper.is_picture:
        raise NotHere(subject=paper_number, client_id=client.pk)
    audit.opened(client, by=request.member, subject=paper)
    return delivered(queries.preview_of(paper), ContentType.JPEG, f"paper-{paper.number}-preview")


@require_POST
def clearance(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """Say that no place is shown on a paper of a protected client."""
    client = client_in(request, client_id)
    actions.clear_paper(paper=paper_for(request.member, client, paper_number), by=request.member)
    messages.success(request, _("Whoever sees the client may open this paper now."))
    return redirect("clients:papers", slug=slug, client_id=client_id)


@require_POST
def withhold(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """Take that word back."""
    client = client_in(request, client_id)
    actions.withhold_paper(paper=paper_for(request.member, client, paper_number), by=request.member)
    messages.success(request, _("The paper is withheld again."))
    return redirect("clients:papers", slug=slug, client_id=client_id)


@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """Take a paper out of sight, after asking."""
    client = client_in(request, client_id)
    paper = paper_for(request.member, client, paper_number)
    check_can_change_team(request.member, client)
    if request.method == "POST":
        actions.remove_paper(paper=paper, by=request.member)
        messages.success(request, _("The paper was removed."))
        return redirect("clients:papers", slug=slug, client_id=client_id)
    audit.opened(client, by=request.member)
    context: dict[str, Any] = {"client": client, "shown": queries.paper_shown(request.member, paper)}
    return render(request, "clients/ask_remove_paper.html", context)
