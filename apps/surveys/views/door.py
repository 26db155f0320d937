"""What whoever holds the sheet of a survey is shown, without an account: the questions and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.paper.models import Sheet
from apps.paper.refusals import AnsweredTooLate
from apps.surveys import actions, queries
from apps.surveys.forms import AnswerForm
from apps.surveys.models import QuestionKind, Recipient
from apps.surveys.refusals import AnsweredMeanwhile, WrongAnswers


def at_the_door(request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """The form; or, once it was sent, thanks. What the office has saved before is not shown to who holds the sheet."""
    recipient = queries.recipient_of(sheet)
    if recipient is None:
        return None
    if not recipient.survey.takes_answers:
        raise AnsweredTooLate
    form = form_of(request, recipient)
    if form.is_valid() and is_taken(form, sheet.code):
        return render(request, "paper/door_thanks.html")
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
