"""What is answered when no view could: each page says what happened and what to do next."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from apps.kernel.middleware import answer
from apps.kernel.refusals import NotAllowed, NotHere, Refusal, TooLarge


class NotUnderstood(Refusal):
    """The request is not one that a browser of this site sends."""

    code = "not_understood"
    status = 400
    sentence = _("The server did not understand this request. Please go back and try again.")


class PageTooOld(Refusal):
    """The form's proof of origin is missing or from another session."""

    code = "page_too_old"
    status = 403
    sentence = _(
        "This page was open for too long, or cookies are switched off, so nothing was saved. "
        "Please go back, load the page again and send it once more."
    )


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Also answers before anybody is known, so it shows nothing of a person."""
    return answer(request, PageTooOld())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return answer(request, TooLarge() if too_large else NotUnderstood())


@login_not_required
def too_large(request: HttpRequest) -> HttpResponse:
    """Stands in for a request whose body was not read (carenet/bounds.py), whatever its address."""
    return answer(request, TooLarge())


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, exception if isinstance(exception, Refusal) else NotAllowed())


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer as for a hidden thing: an address that does not exist tells nothing either."""
    return answer(request, NotHere())


def out_of_order(request: HttpRequest) -> HttpResponse:
    """Written without the request, so that nothing is asked of a database that may be the trouble."""
    return HttpResponse(render_to_string("kernel/out_of_order.html"), status=500)
