"""End sessions at once; note that a person did something; unlock."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.access import idle_time, last_deed_at, session_hash
from apps.accounts.happenings import session_ended
from apps.accounts.models import User
from apps.audit import actions as audit

# A deed is written at most this often: a page that loads ten fragments is one deed.
ONE_DEED = timedelta(seconds=30)


@transaction.atomic
def end_session(*, session: UserSession, by: models.Model | None) -> None:
    """End one session: its very next request is a stranger's, and its sockets hear that it is over."""
    audit.record(verb="accounts.session_ended", subject=session, by=by)
    forget(session)


@transaction.atomic
def end_other_sessions(*, user: User, but: str | None, by: models.Model | None) -> int:
    """End every session of the person except the one with the key `but`; how many there were."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        end_session(session=session, by=by)
    return len(sessions)


@transaction.atomic
def end_sessions(*, user: User, by: models.Model | None) -> int:
    """End every session of the person, wherever it is open."""
    return end_other_sessions(user=user, but=None, by=by)


def forget(session: UserSession) -> None:
    SessionStore().delete(session.session_key)
    session.delete()
    session_ended.announce(user_id=session.user_id, session_hash=session_hash(session.session_key))


def note_deed(*, request: HttpRequest) -> None:
    """Remember that a person did something just now, so that the idle time starts again. A locked session stays so."""
    key = request.session.session_key
    if key is None:
        return
    now = timezone.now()
    last = last_deed_at(key)
    if last is None:
        UserSession.objects.create_from_request(request)
    elif last < now - ONE_DEED:
        # Written in one statement with the condition: a deed can never wake a session that has locked meanwhile.
        UserSession.objects.filter(session_key=key, last_seen_at__gt=now - idle_time()).update(last_seen_at=now)


@transaction.atomic
def unlock(*, request: HttpRequest, by: User) -> None:
    """Open a locked session again for the person who has just proved who they are."""
    UserSession.objects.filter(session_key=request.session.session_key, user=by).update(last_seen_at=timezone.now())
    audit.record(verb="accounts.unlocked", subject=by, by=by)
