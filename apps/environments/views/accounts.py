"""Accounts issued one by one, and new slips for those who lost theirs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments import actions
from apps.environments.access import belongs_elsewhere, check_can_administer, member_for
from apps.environments.forms import AccountForm
from apps.environments.models import Member
from apps.environments.paper import sealed_slips
from apps.environments.refusals import LoginIdTaken
from apps.environments.requests import MemberRequest
from apps.environments.suggestions import login_ids_suggested


@require_http_methods(["GET", "POST"])
def new_member(request: MemberRequest, slug: str) -> HttpResponse:
    """Issue one account; the answer is its slip, which is shown this once."""
    check_can_administer(request.member)
    form = AccountForm(request.POST or None, initial={"login_id": next(login_ids_suggested(slug))} | asked(request))
    issued = issued_by(request, form) if form.is_valid() else None
    if issued is None:
        return render(request, "environments/new_member.html", {"form": form}, status=422 if form.is_bound else 200)
    return handed_over(request, issued)


def asked(request: MemberRequest) -> dict[str, Any]:
    """The organization whose page led here."""
    return {"organization": request.GET["organization"]} if "organization" in request.GET else {}


def issued_by(request: MemberRequest, form: AccountForm) -> actions.Issued | None:
    try:
        return actions.issue_accounts(accounts=[actions.NewAccount(**form.cleaned_data)], by=request.member)[0]
    except LoginIdTaken as refusal:
        form.add_error("login_id", refusal.said)
        return None


def handed_over(request: MemberRequest, issued: actions.Issued) -> HttpResponse:
    context = {"issued": issued, "sealed": sealed_slips([issued], by=request.member)}
    return render(request, "environments/slip.html", context, status=201)


@require_http_methods(["GET", "POST"])
def new_slip(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """A new slip for somebody whose slip expired or who forgot the passphrase."""
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    if request.method == "POST":
        return handed_over(request, actions.renew_slip(member=person, by=request.member))
    return render(request, "environments/ask_slip.html", {"person": person})


@require_http_methods(["GET", "POST"])
def lost_phone(request: MemberRequest, slug: str, member_id: UUID) -> HttpResponse:
    """End everything on a lost phone, and hand over the slip with which the person begins anew."""
    person = member_for(request.member, member_id)
    check_can_administer(request.member)
    is_shared = belongs_elsewhere(person)
    if request.method == "POST":
        return locked_out(request, person) if is_shared else begun_anew(request, person)
    return render(request, "environments/ask_lost_phone.html", {"person": person, "is_shared": is_shared})


def begun_anew(request: MemberRequest, person: Member) -> HttpResponse:
    return handed_over(request, actions.replace_lost_factors(member=person, by=request.member))


def locked_out(request: MemberRequest, person: Member) -> HttpResponse:
    actions.lock_out(member=person, by=request.member)
    messages.success(request, _("Every sign-in and device of this person has ended. The second factor stays."))
    return redirect("environments:member", slug=request.environment.slug, member_id=person.pk)
