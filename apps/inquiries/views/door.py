"""What whoever holds the sheet of an inquiry is shown, without an account: the need without a name, and what is answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.inquiries import actions, queries
from apps.inquiries.forms import ReplyForm
from apps.inquiries.on_paper import recipient_of
from apps.inquiries.refusals import InquiryOver, RepliedMeanwhile
from apps.paper.models import Sheet
from apps.paper.refusals import AnsweredTooLate


def at_the_door(request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """The card and the form; or, once it was sent, thanks. What was answered before is not shown to who holds the sheet."""
    recipient = recipient_of(sheet)
    if recipient is None:
        return None
    if not recipient.inquiry.takes_answers:
        raise AnsweredTooLate
    form = ReplyForm(request.POST if request.method == "POST" else None, reply=None)
    if form.is_valid() and is_taken(form, sheet.code):
        return render(request, "paper/door_thanks.html")
    context = {"card": queries.shown(recipient.inquiry), "form": form}
    return render(request, "inquiries/door.html", context, status=422 if form.errors else 200)


def is_taken(form: ReplyForm, code: str) -> bool:
    """Whether the answer is in; otherwise the form says why not."""
    try:
        actions.answer_by_code(code=code, **form.cleaned_data)
    except InquiryOver as refusal:
        raise AnsweredTooLate from refusal
    except RepliedMeanwhile as refusal:
        form.add_error(None, refusal.said)
        return False
    return True
