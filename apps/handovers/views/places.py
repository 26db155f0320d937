"""A person leaves, or changes organization: one form, one button, one action."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.access import check_can_administer, member_for
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.handovers import actions, queries
from apps.handovers.access import check_has_place
from apps.handovers.forms import LeaveForm, MoveForm


@require_http_methods(["GET", "POST"])
def leave(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """End a person's place, and pass what is open to the colleague chosen in the same form."""
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    check_has_place(person)
    # Choosing a colleague sends the form to show what passes to them: only the button ends the place.
    form = LeaveForm(sent(request), member=person)
    if is_pressed(request) and form.is_valid():
        actions.leave(member=person, successor=form.chosen, by=request.member)
        messages.success(request, _("The place has ended. Every sign-in and device of this person has ended too."))
        return redirect("environments:member", slug=slug, member_id=member_id)
    return asked(request, "leave", person, form)


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """End a person's place and begin one for another organization, with the same login."""
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    check_has_place(person)
    form = MoveForm(sent(request), member=person, initial={"profession": person.profession, "role": person.role})
    if is_pressed(request) and form.is_valid():
        words = {word: form.cleaned_data[word] for word in ("organization", "profession", "role")}
        begun = actions.move(member=person, successor=form.chosen, by=request.member, **words)
        messages.success(request, _("The new place has begun. The person signs in anew, as before."))
        return redirect("environments:member", slug=slug, member_id=begun.pk)
    return asked(request, "move", person, form)


def is_pressed(request: MemberRequest) -> bool:
    return "do" in request.POST


def sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def asked(request: MemberRequest, name: str, person: Member, form: LeaveForm) -> HttpResponse:
    work = queries.open_work_of(person, form.chosen)
    context = {"person": person, "form": form, "work": work}
    template = "handovers/_work.html" if request.htmx and not is_pressed(request) else f"handovers/{name}.html"
    return render(request, template, context, status=422 if is_pressed(request) else 200)
