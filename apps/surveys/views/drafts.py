"""Making a survey: begin it, its questions and parts, what it looks like, throw it away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.surveys import actions, editing, queries
from apps.surveys.access import check_can_make_surveys, draft_for, survey_for
from apps.surveys.content import Content
from apps.surveys.drafting_forms import BeginningForm, PartForm, QuestionForm, VersionForm, WordsForm, standing
from apps.surveys.forms import AnswerForm
from apps.surveys.kinds import QuestionKind
from apps.surveys.models import Survey
from apps.surveys.refusals import WrongContent


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """A survey that asks nothing yet."""
    check_can_make_surveys(request.member)
    form = BeginningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        begun = actions.begin_survey(content=Content(title=form.cleaned_data["title"]), by=request.member)
        return redirect("surveys:draft", slug, begun.pk)
    return render(request, "surveys/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Its words and its questions, each with what can be done with it."""
    found = draft_for(request.member, draft_id)
    content = queries.content_of(found)
    initial = {"title": found.title, "lead": found.lead, "version": found.version}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        words = {"title": form.cleaned_data["title"], "lead": form.cleaned_data["lead"]}
        if write(request, found, form, lambda: Content(**{**content.__dict__, **words})):
            return redirect("surveys:draft", slug, draft_id)
    context = {"draft": found, "form": form, "blocks": queries.blocks_of(content), "kinds": QuestionKind}
    return render(request, "surveys/draft.html", context, status=422 if form.errors else 200)


def write(request: MemberRequest, draft: Survey, form: Form, change: Callable[[], Content]) -> bool:
    """Whether the change could be kept; where not, the form says why."""
    version = form.cleaned_data["version"]
    try:
        actions.write_content(survey=draft, content=change(), version=version, by=request.member)
    except WrongContent as refusal:
        form.add_error(None, refusal.said)
        return False
    return True


def numbered(things: tuple[Any, ...], number: int) -> Any:
    """The question or part of that number."""
    if not 1 <= number <= len(things):
        raise Http404
    return things[number - 1]


@require_http_methods(["GET", "POST"])
def new_question(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """One more question, of the kind that `?kind=` names."""
    found = draft_for(request.member, draft_id)
    content, kind = queries.content_of(found), kind_named(request.GET.get("kind", ""))
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, kind=kind, content=content, initial={"version": found.version})
    if form.is_valid() and write(request, found, form, lambda: editing.added(content, form.query())):
        messages.success(request, _("The question was added."))
        return redirect("surveys:draft", slug, draft_id)
    context = {"draft": found, "form": form, "kind": kind}
    return render(request, "surveys/question.html", context, status=422 if form.errors else 200)


def kind_named(word: str) -> QuestionKind:
    return QuestionKind(word) if word in QuestionKind.values else QuestionKind.SINGLE


@require_http_methods(["GET", "POST"])
def question(request: MemberRequest, slug: str, draft_id: UUID, question_number: int) -> HttpResponse:
    """Change a question."""
    found = draft_for(request.member, draft_id)
    content = queries.content_of(found)
    query, number = numbered(content.questions, question_number), question_number
    data, initial = request.POST if request.method == "POST" else None, standing(query) | {"version": found.version}
    form = QuestionForm(data, kind=QuestionKind(query.kind), content=content, number=number, initial=initial)
    if form.is_valid() and write(request, found, form, lambda: editing.changed(content, number, form.query())):
        return redirect("surveys:draft", slug, draft_id)
    context = {"draft": found, "form": form, "kind": QuestionKind(query.kind), "number": number}
    return render(request, "surveys/question.html", context, status=422 if form.errors else 200)


@require_POST
def move_question(request: MemberRequest, slug: str, draft_id: UUID, question_number: int) -> HttpResponse:
    """A step up or down."""
    return edited(request, draft_id, lambda content, by: editing.moved(content, question_number, by or 1))


@require_POST
def remove_question(request: MemberRequest, slug: str, draft_id: UUID, question_number: int) -> HttpResponse:
    """Without this question."""
    return edited(request, draft_id, lambda content, _by: editing.removed(content, question_number))


@require_POST
def remove_part(request: MemberRequest, slug: str, draft_id: UUID, part_number: int) -> HttpResponse:
    """Without this heading; its questions stay."""
    return edited(request, draft_id, lambda content, _by: editing.without_part(content, part_number))


def edited(request: MemberRequest, draft_id: UUID, change: Callable[[Content, int], Content]) -> HttpResponse:
    """Change the draft by one press; where that cannot be kept, the page says why."""
    found, form = draft_for(request.member, draft_id), VersionForm(request.POST)
    content = queries.content_of(found)
    words = request.resolver_match.kwargs if request.resolver_match else {}
    numbered(content.questions if "question_number" in words else content.sections, [*words.values()][-1])
    if not form.is_valid():
        raise WrongContent(subject=found)
    if not write(request, found, form, lambda: change(content, form.cleaned_data["by"])):
        messages.error(request, str(form.non_field_errors()[0]))
    return redirect("surveys:draft", request.environment.slug, draft_id)


@require_http_methods(["GET", "POST"])
def new_part(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """One more heading, at the end."""
    found = draft_for(request.member, draft_id)
    form = PartForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    content = queries.content_of(found)
    if form.is_valid() and write(request, found, form, lambda: editing.with_part(content, form.part())):
        return redirect("surveys:draft", slug, draft_id)
    return render(request, "surveys/part.html", {"draft": found, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def part(request: MemberRequest, slug: str, draft_id: UUID, part_number: int) -> HttpResponse:
    """Change a heading."""
    found = draft_for(request.member, draft_id)
    content, number = queries.content_of(found), part_number
    stands = numbered(content.sections, number)
    initial = {"title": stands.title, "text": stands.text, "version": found.version}
    form = PartForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and write(request, found, form, lambda: editing.with_changed_part(content, number, form.part())):
        return redirect("surveys:draft", slug, draft_id)
    context = {"draft": found, "form": form, "number": number}
    return render(request, "surveys/part.html", context, status=422 if form.errors else 200)


@require_safe
def preview(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """As those who answer will see it; nothing can be sent."""
    found = draft_for(request.member, draft_id)
    form = AnswerForm(questions=queries.questions_of(found), values={}, version=0)
    return render(request, "surveys/preview.html", {"draft": found, "form": form})


@require_POST
def removal(request: MemberRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    actions.remove_draft(survey=draft_for(request.member, draft_id), by=request.member)
    messages.success(request, _("The draft was removed."))
    return redirect("surveys:own", slug)


@require_POST
def twin(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """A draft that asks the same of the same offices."""
    made = actions.duplicate_survey(survey=survey_for(request.member, survey_id), by=request.member)
    messages.success(request, _("Duplicated. Change what you like, then send it."))
    return redirect("surveys:draft", slug, made.pk)
