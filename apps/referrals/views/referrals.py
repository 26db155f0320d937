"""What is under way, the facilities of one client, and one of them with its steps."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.clients.models import Client
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.referrals import actions, queries
from apps.referrals.access import (
    check_can_follow,
    facilities_to_approach,
    referral_for,
    referrals_of_client,
    step_for,
)
from apps.referrals.forms import CorrectionForm, ReferralForm, StepForm, UnderWayForm
from apps.referrals.models import Referral


@require_safe
def referrals(request: MemberRequest, slug: str) -> HttpResponse:
    """What is under way, the longest standing first."""
    check_can_follow(request.member)
    form = UnderWayForm(request.GET, facilities=queries.facilities_under_way(request.member))
    page = paged(queries.under_way(request.member, form.wanted), request.GET.get("page"))
    rows = queries.rows_of(request.member, list(page.object_list))
    shown = [str(one.client.pk) for one in rows if one.client is not None]
    audit.looked(verb="referrals.listed", by=request.member, detail={"clients": shown})
    return render(request, "referrals/referrals.html", {"form": form, "page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def of_client(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Every facility that is approached for a client, and one more."""
    client = client_for(request.member, client_id)
    found = referrals_of_client(request.member, client)
    offered = list(facilities_to_approach(request.member))
    data = request.POST if request.method == "POST" else None
    form = ReferralForm(data, facilities=offered, last=queries.last_consulted_on(client))
    if form.is_valid():
        actions.refer(client=client, by=request.member, **form.sent)
        messages.success(request, _("The facility is on the list now."))
        return redirect("referrals:of_client", slug, client_id)
    audit.opened(client, by=request.member)
    return shown_of_client(request, client, found, form)


def shown_of_client(
    request: MemberRequest, client: Client, found: QuerySet[Referral], form: ReferralForm
) -> HttpResponse:
    context = {"client": client, "form": form, "steps": StepForm()}
    context["lines"] = queries.lines_of_client(request.member, found)
    return render(request, "referrals/of_client.html", context, status=422 if form.errors else 200)


@require_safe
def referral(request: MemberRequest, slug: str, referral_id: UUID) -> HttpResponse:
    """One facility: the steps, what may come next, and who has said what."""
    return shown(request, referral_for(request.member, referral_id), StepForm())


def shown(request: MemberRequest, found: Referral, form: StepForm) -> HttpResponse:
    audit.opened(found.client, by=request.member, subject=found)
    line = queries.line_of(request.member, found)
    context = {"referral": found, "line": line, "client": line.client, "form": form}
    return render(request, "referrals/referral.html", context, status=422 if form.errors else 200)


@require_POST
def steps(request: MemberRequest, slug: str, referral_id: UUID) -> HttpResponse:
    """Write down what happened."""
    found = referral_for(request.member, referral_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return shown(request, found, form)
    step = actions.take_step(referral=found, by=request.member, **form.sent)
    said = {"step": step.get_kind_display()}
    messages.success(request, pgettext("referral", "Written down: %(step)s") % said)
    if request.POST.get("to") == "client":
        return redirect("referrals:of_client", slug, found.client.pk)
    return redirect("referrals:referral", slug, found.pk)


@require_http_methods(["GET", "POST"])
def correction(request: MemberRequest, slug: str, referral_id: UUID, step_number: int) -> HttpResponse:
    """Take back a step, with a reason."""
    step = step_for(request.member, referral_id, step_number)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.correct_step(step=step, words=form.cleaned_data["words"], by=request.member)
        messages.success(request, _("Corrected. What stood there before stays in the history."))
        return redirect("referrals:referral", slug, referral_id)
    line = queries.line_of(request.member, step.referral)
    audit.opened(step.referral.client, by=request.member, subject=step.referral)
    context = {"referral": step.referral, "step": step, "form": form, "client": line.client}
    return render(request, "referrals/correction.html", context, status=422 if form.errors else 200)
