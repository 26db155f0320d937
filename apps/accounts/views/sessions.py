"""One's own sessions: where one is signed in, and signing out there."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import access, actions
from apps.accounts.queries import sessions_of


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    return render(request, "accounts/sessions.html", {"sessions": sessions_of(request.user, here=here)})  # type: ignore[arg-type]


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    session: UserSession = access.session_for(request.user, session_id)  # type: ignore[arg-type]
    actions.end_session(session=session, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Signed out there. That device shows the sign-in page from now on."))
    return redirect("usersessions_list")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    actions.end_other_sessions(user=request.user, but=here, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Signed out everywhere else."))
    return redirect("usersessions_list")
