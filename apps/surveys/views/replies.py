"""Answer for one's office, see what was sent, send the same as last time; enter it for an office by the one that asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.files.taking_out import taken_out
from apps.surveys import actions, queries
from apps.surveys.access import answer_file_for, recipient_for
from apps.surveys.forms import AnswerForm
from apps.surveys.models import Question, QuestionKind, Recipient, Reply
from apps.surveys.refusals import AnsweredMeanwhile, WrongAnswers


@require_http_methods(["GET", "POST"])
def reply(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int) -> HttpResponse:
    """The survey as one's office answers it: filled in with what was saved, else with what was said last time."""
    recipient = recipient_for(request.member, survey_id, recipient_number)
    if not recipient.survey.takes_answers and request.method == "GET":
        return redirect("surveys:receipt", slug, survey_id, recipient_number)
    form, is_filled = form_of(recipient, request)
    verb = actions.save_reply if request.POST.get("deed") == "save" else actions.send_reply
    done = kept(form, verb, recipient, request) if request.method == "POST" else None
    if done is not None:
        return answered(request, done)
    audit.looked(verb="surveys.asked_opened", by=request.member, subject=recipient.survey)
    others = queries.lines_of(recipient.survey, form.other) if form.other else []
    context = {"recipient": recipient, "survey": recipient.survey, "form": form, "is_filled": is_filled}
    return render(request, "surveys/reply.html", context | {"others": others}, status=422 if form.errors else 200)


def form_of(recipient: Recipient, request: MemberRequest, kind: type[AnswerForm] = AnswerForm) -> tuple[Any, bool]:
    """The form, and whether it shows what was said last time."""
    questions, standing = queries.questions_of(recipient.survey), reply_of(recipient)
    values, version = queries.answers_of(standing), standing.version if standing is not None else 0
    last = queries.before(recipient, queries.asked(questions)) if standing is None else {}
    data, shown = request.POST if request.method == "POST" else None, values or last
    names = names_for(request, recipient, questions, shown)
    about: dict[str, Any] = {"questions": questions, "values": shown, "version": version, "names": names}
    return kind(data, request.FILES, **about), bool(last)


def names_for(
    request: MemberRequest, recipient: Recipient, questions: list[Question], values: dict[int, Any]
) -> dict[str, str]:
    """The names of all files that the form shows or the browser sends; nothing where no file is asked for."""
    asked = [one.number for one in questions if one.kind == QuestionKind.FILE]
    ids = {one for number in asked for one in [*values.get(number, []), *request.POST.getlist(f"q{number}-kept")]}
    return queries.names_to_give(recipient, ids, request.member) if asked else {}


def reply_of(recipient: Recipient) -> Reply | None:
    return getattr(recipient, "reply", None)


def kept(form: AnswerForm, verb: Callable[..., Reply], recipient: Recipient, request: MemberRequest) -> Reply | None:
    """The reply; None where it is refused, with the sentences in the form and what was typed as it was."""
    if form.is_valid():
        form.take_in(lambda upload: actions.take_answer_file(recipient=recipient, upload=upload, by=request.member))
    if form.errors:
        return None
    told = {"answers": form.told(), "version": form.cleaned_data["version"]} | form.about
    try:
        return verb(recipient=recipient, by=request.member, **told)
    except WrongAnswers as refusal:
        form.refuse(refusal)
    except AnsweredMeanwhile as refusal:
        form.compare(refusal)
    return None


def answered(request: MemberRequest, done: Reply) -> HttpResponse:
    slug, survey, number = request.environment.slug, done.recipient.survey_id, done.recipient.number
    if done.is_sent:
        messages.success(request, _("Your answers were sent. Thank you."))
        return redirect("surveys:receipt", slug, survey, number)
    messages.success(request, _("Saved, but not sent yet. You or a colleague can go on at any time."))
    return redirect("surveys:reply", slug, survey, number)


@require_POST
def same(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int) -> HttpResponse:
    """Nothing has changed: send what was answered last time, in one press."""
    recipient = recipient_for(request.member, survey_id, recipient_number)
    done = actions.send_same_reply(recipient=recipient, by=request.member)
    return answered(request, done)


@require_safe
def reply_file(
    request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int, file_number: int
) -> HttpResponseBase:
    """A file that an office has given, for the office and for who asked; each time is in the ledger."""
    found = answer_file_for(request.member, survey_id, recipient_number, file_number)
    answer = taken_out(request, found.file, by=request.member)
    audit.record(verb="surveys.file_opened", by=request.member, subject=found)
    return answer


@require_safe
def receipt(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int) -> HttpResponse:
    """What one's office has sent, when, by whom; and until when it can be changed."""
    recipient = recipient_for(request.member, survey_id, recipient_number)
    audit.looked(verb="surveys.asked_opened", by=request.member, subject=recipient.survey)
    lines = queries.lines_of(recipient.survey, reply_of(recipient))
    context = {"recipient": recipient, "survey": recipient.survey, "reply": reply_of(recipient), "lines": lines}
    return render(request, "surveys/receipt.html", context | {"polls": queries.polls_of(recipient.survey)})
