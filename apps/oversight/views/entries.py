"""Questions to the ledger: whom they are about, what it answers, and those that are kept."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere
from apps.oversight import actions, queries
from apps.oversight.access import check_can_read_ledger, question_for, questions_of
from apps.oversight.forms import QuestionForm, SaveForm, WhomForm
from apps.oversight.refusals import NameTaken, TooManyQuestions


@require_safe
def entries(request: MemberRequest, slug: str) -> HttpResponse:
    """What the ledger answers. The question is an entry of it too."""
    check_can_read_ledger(request.member)
    form = QuestionForm(request.GET)
    if not form.is_valid():
        return render(request, "oversight/entries.html", {"form": form, **kept(request)}, status=422)
    return render(request, "oversight/entries.html", {"form": form, **answer(request, form), **kept(request)})


def kept(request: MemberRequest) -> dict[str, Any]:
    return {"questions": [(one, urlencode(one.asked)) for one in questions_of(request.member)], "save": SaveForm()}


def answer(request: MemberRequest, form: QuestionForm) -> dict[str, Any]:
    told, asked, before = form.cleaned_data, form.asked(), request.GET.get("before", "")
    subject = queries.subject_of(request.member, client=told["client"], person=told["person"])
    if (told["client"] and not subject.client) or (told["person"] and not subject.person):
        raise NotHere(subject=told["client"] or told["person"])
    detail = {"asked": asked}
    audit.looked(
        verb="oversight.entries_opened", by=request.member, client=subject.client, purpose="audit", detail=detail
    )
    question = queries.asked_of(told)
    return {
        "found": queries.answered(request.member, question, before),
        "pictures": None if before else queries.pictured(request.member, question),
        "question": question,
        "subject": subject,
        "asked": asked,
        "is_first": not before,
        "address": urlencode(asked),
        "without_client": urlencode({name: value for name, value in asked.items() if name != "client"}),
        "without_person": urlencode({name: value for name, value in asked.items() if name != "person"}),
    }


@require_http_methods(["GET", "POST"])
def whom(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose a client or a person; the names are typed and shown here alone, and the ledger tells whom the words fit."""
    check_can_read_ledger(request.member)
    form = WhomForm(request.POST if request.method == "POST" else None)
    found = queries.people_to_choose(request.member, form.cleaned_data["q"]) if form.is_valid() else None
    if found is not None:
        clients, members = [str(one.pk) for one in found.clients], [str(one.pk) for one in found.members]
        detail = {"hits": found.many, "clients": clients, "members": members}
        audit.record(verb="oversight.people_searched", by=request.member, purpose="audit", detail=detail)
    context = {"form": form, "found": found, "for_access": request.GET.get("for") == "access"}
    return render(request, "oversight/whom.html", context, status=422 if form.errors else 200)


@require_POST
def questions(request: MemberRequest, slug: str) -> HttpResponseBase:
    """Keep the question that the address of the list asks."""
    check_can_read_ledger(request.member)
    form, save = QuestionForm(request.GET), SaveForm(request.POST)
    if not (form.is_valid() and save.is_valid()):
        return render(request, "oversight/question.html", {"save": save}, status=422)
    try:
        actions.save_question(name=save.cleaned_data["name"], asked=form.asked(), by=request.member)
    except (NameTaken, TooManyQuestions) as refusal:
        save.add_error("name", str(refusal.said))
        return render(request, "oversight/question.html", {"save": save}, status=422)
    return redirect(f"{reverse('oversight:entries', args=[slug])}?{urlencode(form.asked())}")


@require_POST
def removal(request: MemberRequest, slug: str, question_id: UUID) -> HttpResponseBase:
    """Let a kept question go."""
    actions.remove_question(question=question_for(request.member, question_id), by=request.member)
    return redirect("oversight:entries", slug=slug)
