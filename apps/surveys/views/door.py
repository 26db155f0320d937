"""The door behind the QR code of a sheet: the questions and nothing else, for whoever holds it, without an account."""

from allauth.core.internal.ratelimit import RateLimitUsage
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from apps.accounts import limits
from apps.accounts.refusals import LockedOut
from apps.environments.models import Environment
from apps.kernel.refusals import Refusal
from apps.paper.access import environment_of_code, sheet_in_hand
from apps.paper.refusals import AnsweredTooLate, CodesGuessed, SheetUnknown
from apps.surveys import actions, queries
from apps.surveys.forms import AnswerForm
from apps.surveys.models import QuestionKind, Recipient
from apps.surveys.refusals import AnsweredMeanwhile, WrongAnswers


@login_not_required
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a survey by the code of its sheet. Codes that lead nowhere are counted; one that leads somewhere is not."""
    try:
        taken = counted(request)
        with scope(environment=Environment(pk=environment_of_code(code))):
            recipient = recipient_behind(code)
            taken.rollback()
            return answered(request, code, recipient)
    except Refusal as refusal:
        return render(request, "surveys/door_closed.html", {"refusal": refusal}, status=refusal.status)


def counted(request: HttpRequest) -> RateLimitUsage:
    """One more try from this address; CodesGuessed where there were too many."""
    try:
        return limits.take_try(request, action="sheet")
    except LockedOut as refusal:
        raise CodesGuessed(time=refusal.words["time"]) from refusal


def recipient_behind(code: str) -> Recipient:
    """For whom the sheet was made, as long as answers are taken."""
    recipient = queries.recipient_of(sheet_in_hand(code))
    if recipient is None:
        raise SheetUnknown
    if not recipient.survey.takes_answers:
        raise AnsweredTooLate
    return recipient


def answered(request: HttpRequest, code: str, recipient: Recipient) -> HttpResponse:
    """The form; or, once it was sent, thanks. What the office has saved before is not shown to who holds the sheet."""
    form = form_of(request, recipient)
    if form.is_valid() and is_taken(form, code):
        return render(request, "surveys/door_thanks.html")
    context = {"survey": recipient.survey, "form": form, "has_files": asks_for_files(recipient)}
    return render(request, "surveys/door.html", context, status=422 if form.errors else 200)


def form_of(request: HttpRequest, recipient: Recipient) -> AnswerForm:
    reply = getattr(recipient, "reply", None)
    asked = queries.questions_of(recipient.survey)
    # Whoever holds a sheet is nobody whose file could be looked at and answered for.
    questions = [one for one in asked if one.kind != QuestionKind.FILE]
    data = request.POST if request.method == "POST" else None
    return AnswerForm(data, questions=questions, values={}, version=reply.version if reply is not None else 0)


def asks_for_files(recipient: Recipient) -> bool:
    return any(one.kind == QuestionKind.FILE for one in queries.questions_of(recipient.survey))


def is_taken(form: AnswerForm, code: str) -> bool:
    """Whether the answers are in; otherwise the form says why not."""
    try:
        actions.answer_by_code(code=code, answers=form.told(), version=form.cleaned_data["version"])
    except WrongAnswers as refusal:
        form.refuse(refusal)
        return False
    except AnsweredMeanwhile as refusal:
        form.compare(refusal)
        return False
    return True
