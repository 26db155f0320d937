"""Whom a draft asks, until when; and sending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.surveys import actions, queries
from apps.surveys.access import draft_for
from apps.surveys.drafting_forms import SendingForm
from apps.surveys.models import Survey
from apps.surveys.queries import Narrowed


@require_http_methods(["GET", "POST"])
def targets(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Tick offices one by one, a whole kind, or everybody. A search shows fewer, and forgets nothing that is chosen."""
    found, narrowed = draft_for(request.member, draft_id), narrowed_by(request)
    if request.method == "POST" and request.POST.get("deed") != "search":
        number = chosen(request, found, narrowed)
        if request.POST.get("deed") == "next":
            return redirect("surveys:sending", slug, draft_id)
        messages.success(request, _("%(number)s are asked.") % {"number": number})
        return redirect("surveys:targets", slug, draft_id)
    return render(request, "surveys/targets.html", to_choose_from(request, found, narrowed))


def narrowed_by(request: MemberRequest) -> Narrowed:
    return Narrowed(*(request.POST.get(name, "")[:100] for name in ("q", "kind", "district")))


def to_choose_from(request: MemberRequest, draft: Survey, narrowed: Narrowed) -> dict[str, Any]:
    everybody = queries.groups_to_ask(request.member, draft)
    groups = queries.groups_to_ask(request.member, draft, narrowed) if narrowed.is_narrow else everybody
    keys = {one.key for group in everybody for one in group.targets}
    context = {"draft": draft, "groups": groups, "narrowed": narrowed, "kinds": everybody}
    context |= {"twice": len(keys - queries.asked_once(keys, everybody)), "districts": queries.districts_to_ask()}
    return context | {"reach": queries.reach_of(draft)}


def chosen(request: MemberRequest, draft: Survey, narrowed: Narrowed) -> int:
    """Keep what is ticked, and what was chosen before and is not shown now; returns how many. Who ticks many at once asks
    no office twice."""
    deed, groups = request.POST.get("deed", ""), queries.groups_to_ask(request.member, draft, narrowed)
    shown = {one.key for group in groups for one in group.targets}
    ticked = set(request.POST.getlist("target"))
    keys = (queries.chosen_keys(draft) - shown) | ticked
    if many := {one.key for group in groups for one in group.targets if deed in {"all", group.key}}:
        keys = queries.asked_once(keys | many, queries.groups_to_ask(request.member, draft))
    if deed == "none":
        keys -= shown
    named = queries.targets_named(request.member, keys)
    return actions.choose_recipients(survey=draft, by=request.member, **named)


@require_http_methods(["GET", "POST"])
def sending(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """What is about to be sent to how many, until when; the press that sends it."""
    found = draft_for(request.member, draft_id)
    form = SendingForm(request.POST if request.method == "POST" else None, initial=SendingForm.standing_of(found))
    if form.is_valid():
        found = actions.describe_survey(survey=found, by=request.member, **form.about())
        actions.open_survey(survey=found, by=request.member)
        messages.success(request, _("The survey was sent."))
        return redirect("surveys:survey", slug, draft_id)
    content = queries.content_of(found)
    context = {"draft": found, "form": form, "reach": queries.reach_of(found), "content": content}
    return render(request, "surveys/sending.html", context, status=422 if form.errors else 200)
