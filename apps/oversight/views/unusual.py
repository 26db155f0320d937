"""What is unusual: the list, the review, and what counts as unusual here."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.oversight import actions, queries
from apps.oversight.access import check_can_read_ledger, unusual_for
from apps.oversight.forms import ReviewForm, WatchForm
from apps.oversight.models import Unusual
from apps.oversight.refusals import OwnDeeds, ReviewedAlready


@require_safe
def unusual(request: MemberRequest, slug: str) -> HttpResponse:
    """Each with its rule in words; no client is named here."""
    check_can_read_ledger(request.member)
    audit.looked(verb="oversight.unusual_listed", by=request.member, purpose="audit")
    page = paged(queries.unusual_shown(request.member), request.GET.get("page"))
    context = {"page": page, "watch": queries.watch_here()}
    return render(request, "oversight/unusual.html", context)


@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, slug: str, unusual_id: UUID) -> HttpResponseBase:
    """One of them, and what was found out."""
    found = unusual_for(request.member, unusual_id)
    audit.looked(
        verb="oversight.unusual_opened", by=request.member, subject=found, client=found.client, purpose="audit"
    )
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and reviewed(request, found, form):
        return redirect("oversight:unusual", slug=slug)
    context = {"one": found, "form": form, "watch": queries.watch_here()}
    return render(request, "oversight/review.html", context, status=422 if form.errors else 200)


def reviewed(request: MemberRequest, found: Unusual, form: ReviewForm) -> bool:
    """Whether the review was written; what it was refused for stands in the form."""
    try:
        actions.review_unusual(unusual=found, by=request.member, **form.cleaned_data)
    except (OwnDeeds, ReviewedAlready) as refusal:
        form.add_error(None, str(refusal.said))
    return not form.errors


@require_http_methods(["GET", "POST"])
def watch(request: MemberRequest, slug: str) -> HttpResponseBase:
    """What counts as unusual here."""
    check_can_read_ledger(request.member)
    form = WatchForm(request.POST if request.method == "POST" else None, initial=vars(queries.watch_here()))
    if request.method == "POST" and form.is_valid():
        actions.set_watch(by=request.member, **form.cleaned_data)
        return redirect("oversight:unusual", slug=slug)
    return render(request, "oversight/watch.html", {"form": form}, status=422 if form.errors else 200)
