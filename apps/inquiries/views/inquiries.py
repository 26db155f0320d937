"""The asker's side: one's organization's inquiries, their answers, telling one office whose need it is, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import can_ask, consent_to_tell, has_account, inquiry_for, recipient_for
from apps.inquiries.forms import ReleaseForm
from apps.kernel.paging import paged
from apps.kernel.refusals import NotAllowed


@require_safe
def own(request: MemberRequest, slug: str) -> HttpResponse:
    """The newest first; each names whom it is for."""
    if not can_ask(request.member):
        raise NotAllowed
    page = paged(queries.own_rows(request.member), request.GET.get("page"))
    shown = [str(one.for_whom.client_id) for one in page.object_list]
    audit.looked(verb="inquiries.listed", by=request.member, detail={"clients": shown})
    return render(request, "inquiries/own.html", {"page": page})


@require_safe
def inquiry(request: MemberRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
    """What was asked and what was answered; a page that stands open asks every few seconds, and is told when nothing is new."""
    found = inquiry_for(request.member, inquiry_id)
    audit.opened(found.for_whom.client, by=request.member, subject=found)
    answers = queries.answers_of(found)
    if request.htmx and request.GET.get("known") == answers.stamp:
        return HttpResponse(status=204)
    context = {"inquiry": found, "client": found.for_whom.client, "answers": answers, "card": queries.shown(found)}
    return render(request, "inquiries/_answers.html" if request.htmx else "inquiries/inquiry.html", context)


@require_http_methods(["GET", "POST"])
def release(request: MemberRequest, slug: str, inquiry_id: UUID, recipient_id: UUID) -> HttpResponse:
    """Look once more at whom one is about to tell, then tell them."""
    chosen = recipient_for(request.member, inquiry_id, recipient_id)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.release_identity(recipient=chosen, contact=form.cleaned_data["contact"], by=request.member)
        messages.success(request, _("The office was told, and the others know that it is settled."))
        return redirect("inquiries:inquiry", slug, inquiry_id)
    client = chosen.inquiry.for_whom.client
    audit.opened(client, by=request.member, subject=chosen.inquiry)
    context = {"inquiry": chosen.inquiry, "client": client, "recipient": chosen, "form": form}
    context |= {"consent": consent_to_tell(client, chosen), "has_account": has_account(chosen)}
    return render(request, "inquiries/release.html", context, status=422 if form.errors else 200)


@require_POST
def withdrawal(request: MemberRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
    """Ask no more."""
    actions.withdraw_inquiry(inquiry=inquiry_for(request.member, inquiry_id), by=request.member)
    messages.success(request, _("Withdrawn. Everybody who was asked is told."))
    return redirect("inquiries:inquiry", slug, inquiry_id)
