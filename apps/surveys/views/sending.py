"""Whom a draft asks, until when; and sending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere
from apps.surveys import actions, queries
from apps.surveys.access import draft_for, list_for
from apps.surveys.drafting_forms import SendingForm
from apps.surveys.models import Survey, TargetList
from apps.surveys.queries import Narrowed


@require_http_methods(["GET", "POST"])
def targets(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Tick offices one by one, a whole kind, or everybody. A search shows fewer, and forgets nothing that is chosen."""
    found, narrowed = draft_for(request.member, draft_id), narrowed_by(request)
    if request.method == "POST" and request.POST.get("deed") != "search":
        return redirect(done(request, found, narrowed), slug, draft_id)
    return render(request, "surveys/targets.html", to_choose_from(request, found, narrowed))


def done(request: MemberRequest, draft: Survey, narrowed: Narrowed) -> str:
    """Keep what is ticked, and where the press wants it, as a list too; returns where it leads."""
    number, deed = chosen(request, draft, narrowed), request.POST.get("deed")
    if deed == "keep":
        named = queries.targets_named(request.member, queries.chosen_keys(draft))
        kept = actions.keep_list(name=request.POST.get("list_name", ""), by=request.member, **named)
        messages.success(request, _("“%(name)s” is kept as a list.") % {"name": kept.name})
    elif deed != "next":
        messages.success(request, _("%(number)s are asked.") % {"number": number})
    return "surveys:sending" if deed == "next" else "surveys:targets"


def narrowed_by(request: MemberRequest) -> Narrowed:
    return Narrowed(*(request.POST.get(name, "")[:100] for name in ("q", "kind", "district", "area")))


def to_choose_from(request: MemberRequest, draft: Survey, narrowed: Narrowed) -> dict[str, Any]:
    everybody = queries.groups_to_ask(request.member, draft)
    groups = queries.groups_to_ask(request.member, draft, narrowed) if narrowed.is_narrow else everybody
    keys = {one.key for group in everybody for one in group.targets}
    context = {"draft": draft, "groups": groups, "narrowed": narrowed, "kinds": everybody}
    context |= {"twice": len(keys - queries.asked_once(keys, everybody)), "districts": queries.districts_to_ask()}
    context |= {"areas": queries.areas_to_ask(everybody), "lists": queries.lists_shown(request.member)}
    return context | {"reach": queries.reach_of(draft), "longest": TargetList.LONGEST_NAME}


def chosen(request: MemberRequest, draft: Survey, narrowed: Narrowed) -> int:
    """Keep what is ticked, and what was chosen before and is not shown now; returns how many. Who ticks many at once asks
    no office twice."""
    deed, groups = request.POST.get("deed", ""), queries.groups_to_ask(request.member, draft, narrowed)
    shown = {one.key for group in groups for one in group.targets}
    ticked = set(request.POST.getlist("target"))
    keys = (queries.chosen_keys(draft) - shown) | ticked
    if many := {one.key for group in groups for one in group.targets if deed in {"all", group.key}}:
        keys = queries.asked_once(keys | many, queries.groups_to_ask(request.member, draft))
    if deed.startswith("list:"):
        keys |= queries.keys_of_list(list_for(request.member, uuid_in(deed.removeprefix("list:"))))
    if deed == "none":
        keys -= shown
    named = queries.targets_named(request.member, keys)
    return actions.choose_recipients(survey=draft, by=request.member, **named)


def uuid_in(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise NotHere from error


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
