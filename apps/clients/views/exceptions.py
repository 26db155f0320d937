"""Legal exceptions: who opened what, why, how long, and what was thought of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import can_confirm, can_end, can_review, consents_on_file, exception_for
from apps.clients.forms import ReviewForm
from apps.clients.models import ExceptionKind, LegalException
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged


@require_safe
def exception_list(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits for a judgement first; clients by name only where the reader sees them anyway."""
    page = paged(queries.exceptions(request.member), request.GET.get("page"))
    shown = queries.exceptions_shown(request.member, list(page.object_list))
    named = sorted({str(one.client.pk) for one in shown if one.client is not None})
    detail = {"exceptions": [str(one.exception.pk) for one in shown], "clients": named}
    audit.looked(verb="clients.exceptions_listed", by=request.member, detail=detail)
    return render(request, "clients/exceptions.html", {"page": page, "shown": shown})


@require_safe
def exception(request: MemberRequest, slug: str, exception_id: UUID) -> HttpResponse:
    """One exception, with what this member may do about it."""
    return shown(request, exception_for(request.member, exception_id))


def shown(request: MemberRequest, exception: LegalException, form: ReviewForm | None = None) -> HttpResponse:
    audit.looked(
        verb="clients.exception_opened", by=request.member, subject=exception, client=exception.client, purpose="review"
    )
    request.names_shown = queries.names_told(request.member, exception)
    context: dict[str, Any] = {
        "exception": exception,
        "client": client_named(request, exception),
        "consents": list(consents_on_file(exception)) if exception.kind == ExceptionKind.BREAK_GLASS else None,
        "looks": queries.looks_of(exception),
        "can_confirm": can_confirm(request.member, exception),
        "can_end": can_end(request.member, exception),
        "form": (form or ReviewForm()) if can_review(request.member, exception) else None,
    }
    return render(request, "clients/exception.html", context, status=422 if form else 200)


def client_named(request: MemberRequest, exception: LegalException) -> Any:
    """Who it is: for those who see the client anyway, and for the second person, who cannot confirm what they do not know."""
    is_asked = can_confirm(request.member, exception)
    sees = queries.clients_seen(request.member, [exception])
    return exception.client if is_asked or sees else None


@require_POST
def confirmation(request: MemberRequest, slug: str, exception_id: UUID) -> HttpResponse:
    found = exception_for(request.member, exception_id)
    actions.confirm_report(exception=found, by=request.member)
    messages.success(request, _("Confirmed. The client is open to the person who asked, for 72 hours."))
    return redirect("clients:exception", slug=slug, exception_id=exception_id)


@require_POST
def ending(request: MemberRequest, slug: str, exception_id: UUID) -> HttpResponse:
    found = exception_for(request.member, exception_id)
    actions.end_exception(exception=found, by=request.member)
    messages.success(request, _("Ended. The client's record and rooms are closed."))
    return redirect("clients:exception", slug=slug, exception_id=exception_id)


@require_POST
def review(request: MemberRequest, slug: str, exception_id: UUID) -> HttpResponse:
    found = exception_for(request.member, exception_id)
    form = ReviewForm(request.POST)
    if not form.is_valid() and can_review(request.member, found):
        return shown(request, found, form)
    actions.review_exception(exception=found, by=request.member, **(form.result() if form.is_valid() else NOTHING))
    messages.success(request, _("Your judgement was written down. It stays with the exception."))
    return redirect("clients:exception", slug=slug, exception_id=exception_id)


# Whoever may not judge is refused by the verb, whatever was sent.
NOTHING = {"is_justified": False, "note": ""}
