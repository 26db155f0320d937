"""The family's page behind the code on their paper, and the answers of those who watch over the environment."""

from uuid import UUID

from allauth.core.internal.ratelimit import RateLimitUsage
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from apps.accounts import limits
from apps.accounts.refusals import LockedOut
from apps.audit import actions as audit
from apps.environments.models import Environment
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.oversight import actions, queries
from apps.oversight.access import (
    can_read_ledger,
    check_can_answer,
    code_typed,
    environment_of_code,
    family_question_for,
)
from apps.oversight.forms import AnswerForm, AskForm, PolicyForm
from apps.oversight.refusals import AnsweredAlready, CodesGuessed, NotOfThisClient


@login_not_required
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, family_code: str) -> HttpResponseBase:
    """Who looked at this one person; wrong codes are counted, and ended, revoked and wrong ones answer alike."""
    try:
        taken = counted(request)
        with scope(environment=Environment(pk=environment_of_code(family_code))):
            code_typed(family_code)
            taken.rollback()
            return asked_about(request, family_code) if request.method == "POST" else at_the_door(request, family_code)
    except Refusal as refusal:
        return render(request, "oversight/family_closed.html", {"refusal": refusal}, status=refusal.status)


def counted(request: HttpRequest) -> RateLimitUsage:
    """One more try from this address; CodesGuessed where there were too many."""
    try:
        return limits.take_try(request, action="family")
    except LockedOut as refusal:
        raise CodesGuessed(time=refusal.words["time"]) from refusal


def at_the_door(request: HttpRequest, family_code: str) -> HttpResponse:
    """The look is an entry too."""
    code = code_typed(family_code)
    audit.record(verb="oversight.family_looked", by=None, subject=code, client=code.client_id, purpose="family")
    context = {"code": code, "lines": queries.lines_for(code)}
    return render(request, "oversight/family.html", context)


def asked_about(request: HttpRequest, family_code: str) -> HttpResponseBase:
    form = AskForm(request.POST)
    if not form.is_valid():
        raise NotOfThisClient
    actions.ask_about(code=code_typed(family_code), entry_id=form.cleaned_data["entry"])
    return redirect("family_door", family_code)


@require_safe
def asked(request: MemberRequest, slug: str) -> HttpResponse:
    """What families ask, due first; no client is named."""
    check_can_answer(request.member)
    audit.looked(verb="oversight.family_listed", by=request.member, purpose="audit")
    form = PolicyForm(initial={"shows_names": queries.shows_names()})
    context = {"asked": queries.family_asked(request.member), "form": form, "reads": can_read_ledger(request.member)}
    return render(request, "oversight/family_asked.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, slug: str, family_question_id: UUID) -> HttpResponseBase:
    """One question, and the answer that the family will read."""
    question = family_question_for(request.member, family_question_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_family(question=question, by=request.member, **form.cleaned_data)
            return redirect("oversight:family_asked", slug=slug)
        except AnsweredAlready as refusal:
            form.add_error(None, str(refusal.said))
    context = {"question": question, "form": form}
    return render(request, "oversight/family_answer.html", context, status=422 if form.errors else 200)


@require_POST
def policy(request: MemberRequest, slug: str) -> HttpResponseBase:
    """Whether families are told names."""
    check_can_answer(request.member)
    form = PolicyForm(request.POST)
    if form.is_valid():
        actions.set_family_policy(by=request.member, **form.cleaned_data)
    return redirect("oversight:family_asked", slug=slug)
