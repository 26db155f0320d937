"""The people of an environment: the list, one person, and a place that ended by mistake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments import actions, queries
from apps.environments.access import (
    belongs_elsewhere,
    can_administer,
    check_can_administer,
    member_for,
    members_listed_for,
    sees_reviews,
)
from apps.environments.forms import SearchForm
from apps.environments.requests import MemberRequest

PAGE = 100


@require_http_methods(["GET", "POST"])
def members(request: MemberRequest, slug: str) -> HttpResponse:
    """Everybody by organization; a search comes as POST, because names stand in no address."""
    form = SearchForm(request.POST or None)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    visible = members_listed_for(request.member)
    people: Any = queries.members_found(visible, typed)[:PAGE] if typed else queries.member_rows(visible)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    can = {"can_administer": can_administer(request.member), "sees_reviews": sees_reviews(request.member)}
    context = {"page": page, "typed": typed, **can}
    return render(request, "environments/_members.html" if request.htmx else "environments/members.html", context)


@require_safe
def member(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    person = member_for(request.member, member_id)
    administers = can_administer(request.member)
    is_shared = administers and belongs_elsewhere(person)
    return render(
        request, "environments/member.html", {"person": person, "can_administer": administers, "is_shared": is_shared}
    )


@require_http_methods(["GET", "POST"])
def give_back(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Take a mistaken end back on the same day, after asking."""
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    if request.method == "POST":
        person = actions.give_back_place(member=person, by=request.member)
        messages.success(request, _("The place has been given back. Rooms and clients that were passed on stay there."))
        return redirect("environments:member", slug=slug, member_id=person.pk)
    return render(request, "environments/ask_give_back.html", {"person": person})


@require_POST
def lift(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Open a suspended place again, in one press."""
    person = member_for(request.member, member_id)
    actions.lift_suspension(member=person, by=request.member)
    messages.success(request, _("The place is open again."))
    return redirect("environments:member", slug=slug, member_id=member_id)
