"""The asker's side while answers come: remind, give more time, enter what an office without an account says."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import has_account, inquiry_for, recipient_for
from apps.inquiries.forms import MoreTimeForm, ReplyForm
from apps.inquiries.on_paper import is_asked_on_paper


@require_POST
def reminder(request: MemberRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
    """Remind those who have not answered."""
    number = actions.remind_inquiry(inquiry=inquiry_for(request.member, inquiry_id), by=request.member)
    messages.success(request, _("Reminded: %(number)s.") % {"number": number})
    return redirect("inquiries:inquiry", slug, inquiry_id)


@require_http_methods(["GET", "POST"])
def due(request: MemberRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
    """Give more time."""
    found = inquiry_for(request.member, inquiry_id)
    form = MoreTimeForm(request.POST if request.method == "POST" else None, inquiry=found)
    if form.is_valid():
        actions.extend_inquiry(inquiry=found, due_at=form.due_at, by=request.member)
        messages.success(request, _("Answers are taken until then, and everybody who was asked is told."))
        return redirect("inquiries:inquiry", slug, inquiry_id)
    audit.opened(found.for_whom.client, by=request.member, subject=found)
    context = {"inquiry": found, "client": found.for_whom.client, "form": form}
    return render(request, "inquiries/due.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def proxy(request: MemberRequest, slug: str, inquiry_id: UUID, recipient_id: UUID) -> HttpResponse:
    """What an office without an account has said, typed in for it."""
    asked = recipient_for(request.member, inquiry_id, recipient_id)
    form = ReplyForm(request.POST if request.method == "POST" else None, reply=queries.reply_of(asked))
    if form.is_valid():
        actions.enter_answer(recipient=asked, by=request.member, **form.cleaned_data)
        messages.success(request, _("Entered. It is marked as entered by your organization."))
        return redirect("inquiries:inquiry", slug, inquiry_id)
    audit.opened(asked.inquiry.for_whom.client, by=request.member, subject=asked.inquiry)
    context = {"recipient": asked, "inquiry": asked.inquiry, "client": asked.inquiry.for_whom.client, "form": form}
    context |= {
        "card": queries.shown(asked.inquiry),
        "has_account": has_account(asked) and not is_asked_on_paper(asked),
    }
    return render(request, "inquiries/proxy.html", context, status=422 if form.errors else 200)
