"""What whoever holds the sheet of a request is shown, without an account: the times, and nobody's name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.paper.models import Sheet
from apps.paper.refusals import AnsweredTooLate
from apps.visits import actions, queries
from apps.visits.forms import SheetAnswerForm
from apps.visits.on_paper import answers_of, request_of
from apps.visits.refusals import NotProposed, RequestEnded


def request_at_the_door(request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """Who would come, and the times to choose from; or, once it was sent, thanks."""
    asked = request_of(sheet)
    if asked is None:
        return None
    if not asked.is_waiting:
        raise AnsweredTooLate
    visits = [one.visit for one in queries.proposals_of(asked)]
    form = SheetAnswerForm(request.POST if request.method == "POST" else None, answers=answers_of(visits))
    if form.is_valid() and is_taken(form, sheet.code):
        return render(request, "paper/door_thanks.html")
    context = {"visit": visits[0], "form": form}
    return render(request, "visits/request_door.html", context, status=422 if form.errors else 200)


def is_taken(form: SheetAnswerForm, code: str) -> bool:
    """Whether the answer is in; otherwise the form says why not."""
    try:
        actions.answer_request_by_code(code=code, **form.cleaned_data)
    except RequestEnded as refusal:
        raise AnsweredTooLate from refusal
    except NotProposed as refusal:
        form.add_error(None, refusal.said)
        return False
    return True
