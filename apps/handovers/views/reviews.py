"""Access reviews: the list, one review with its questions, and who answers for an organization."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.environments.access import can_administer, check_can_administer, organization_for
from apps.environments.requests import MemberRequest
from apps.handovers import actions, queries
from apps.handovers.access import places_answered_by, places_shown_to, review_for, reviews_visible_to
from apps.handovers.forms import AnswersForm, ReviewerForm
from apps.handovers.models import Review
from apps.kernel.paging import paged


@require_http_methods(["GET", "POST"])
def reviews(request: MemberRequest, slug: str) -> HttpResponse:
    """Which reviews there were, who did them, and the button that starts the next one."""
    if request.method == "POST":
        review = actions.start_review(by=request.member)
        return redirect("handovers:review", slug=slug, review_id=review.pk)
    page = paged(queries.review_rows(reviews_visible_to(request.member)), request.GET.get("page"))
    starts = can_administer(request.member) and queries.open_review() is None
    context = {"page": page, "starts": starts}
    return render(request, "handovers/reviews.html", context)


@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, slug: str, review_id: UUID) -> HttpResponse:
    """Every place with its question; each answer is saved as it is given, and the page is taken up again at any time."""
    found = review_for(request.member, review_id)
    if request.method == "POST":
        return answered(request, found)
    audit.looked(verb="handovers.review_opened", by=request.member, subject=found)
    return render(request, "handovers/review.html", shown(request, found))


def answered(request: MemberRequest, found: Review) -> HttpResponse:
    form = AnswersForm(request.POST, places=places_answered_by(request.member, found), member=request.member)
    actions.answer(review=found, answers=form.answers, by=request.member)
    if request.htmx:
        return render(request, "handovers/_progress.html", shown(request, found))
    messages.success(request, _("Saved."))
    return redirect("handovers:review", slug=request.environment.slug, review_id=found.pk)


def shown(request: MemberRequest, found: Review) -> dict[str, Any]:
    places = places_shown_to(request.member, found)
    page = paged(queries.organizations_in(places), request.GET.get("page"))
    groups = queries.groups_of(found, places, page)
    answers = set(places_answered_by(request.member, found).values_list("pk", flat=True)) if found.is_open else set()
    administers = can_administer(request.member)
    progress = queries.progress_of(places)
    return {
        "review": found,
        "page": page,
        "groups": groups,
        "answers": answers,
        "administers": administers,
        "progress": progress,
    }


@require_POST
def reviewer(request: MemberRequest, slug: str, review_id: UUID, organization_id: UUID) -> HttpResponse:
    """Ask somebody of an organization to answer for its people."""
    found = review_for(request.member, review_id)
    check_can_administer(request.member)
    organization = organization_for(request.member, organization_id)
    form = ReviewerForm(request.POST, organization=organization)
    member = form.cleaned_data["member"] if form.is_valid() else None
    actions.name_reviewer(review=found, organization=organization, member=member, by=request.member)
    messages.success(request, _("Saved."))
    return redirect("handovers:review", slug=slug, review_id=review_id)


@require_POST
def finish(request: MemberRequest, slug: str, review_id: UUID) -> HttpResponse:
    """Close a review in which every question is answered."""
    found = review_for(request.member, review_id)
    actions.finish(review=found, by=request.member)
    messages.success(request, _("The review is closed. Who answered what, and when, stays recorded here."))
    return redirect("handovers:review", slug=slug, review_id=review_id)
