"""The side of those who are asked: a card without a name, one's own answer, and, for the one that was chosen, the name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import asked_for, can_ask, release_for
from apps.inquiries.forms import ReplyForm
from apps.inquiries.models import Recipient, Release
from apps.kernel.paging import paged


@require_safe
def asked(request: MemberRequest, slug: str) -> HttpResponse:
    """What one's office is asked; what waits for an answer first."""
    page = paged(queries.asked_rows(request.member), request.GET.get("page"))
    rows = [(one, queries.shown(one.inquiry), queries.reply_of(one)) for one in page.object_list]
    return render(request, "inquiries/asked.html", {"page": page, "rows": rows, "can_ask": can_ask(request.member)})


@require_http_methods(["GET", "POST"])
def asked_one(request: MemberRequest, slug: str, recipient_id: UUID) -> HttpResponse:
    """The card, and the answer of one's office."""
    recipient = asked_for(request.member, recipient_id)
    reply = queries.reply_of(recipient)
    form = ReplyForm(request.POST if request.method == "POST" else None, reply=reply)
    if form.is_valid():
        actions.answer_inquiry(recipient=recipient, by=request.member, **form.cleaned_data)
        messages.success(request, _("Your answer was sent. Thank you. You can change it until the last moment."))
        return redirect("inquiries:asked_one", slug, recipient_id)
    release = looked_at(request, recipient)
    told = {"recipient": recipient, "card": queries.shown(recipient.inquiry), "reply": reply, "form": form}
    context = told | {"release": release, "client": release and release.inquiry.for_whom.client}
    return render(request, "inquiries/asked_one.html", context, status=422 if form.errors else 200)


def looked_at(request: MemberRequest, recipient: Recipient) -> Release | None:
    """What the chosen office was told, if it is this one; the look stands in the ledger, with the client where one was shown."""
    release = release_for(request.member, recipient)
    if release is None:
        audit.looked(verb="inquiries.asked_opened", by=request.member, subject=recipient)
    else:
        audit.opened(release.inquiry.for_whom.client, by=request.member, subject=recipient)
    return release
