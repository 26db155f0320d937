"""What allauth announces, written into the ledger. Connected once, when the app is ready."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in, user_logged_out
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from apps.accounts import access
from apps.accounts.happenings import session_ended
from apps.accounts.models import User
from apps.accounts.refusals import WrongCode
from apps.audit import actions as audit


@receiver(user_logged_in)
def signed_in(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    audit.record(verb="accounts.signed_in", subject=user, by=user, detail={"methods": methods})


@receiver(user_logged_out)
def signed_out(*, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    # Sent before the session is emptied, so that its key is still known.
    if user is None:
        return
    audit.record(verb="accounts.signed_out", subject=user, by=user)
    key = request.session.session_key or ""
    UserSession.objects.filter(session_key=key).delete()
    session_ended.announce(user_id=user.pk, session_hash=access.session_hash(key))


@receiver(authenticator_added)
def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    audit.record(verb="accounts.factor_added", subject=user, by=user, detail={"type": authenticator.type})
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    # Who enrols the account's first factor has just proved the passphrase or the slip and holds the factor in hand.
    # Where an older factor exists, adding one proves nothing about it.
    is_first = not access.factors_of(user).exclude(pk=authenticator.pk).exists()
    if is_first and access.is_fresh(request):
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, enrolled=True)


@receiver(authenticator_removed)
def factor_removed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    audit.record(verb="accounts.factor_removed", subject=user, by=user, detail={"type": authenticator.type})


@receiver(authenticator_reset)
def recovery_codes_renewed(*, user: User, **kwargs: Any) -> None:
    audit.record(verb="accounts.recovery_codes_renewed", subject=user, by=user)


@receiver(authentication_failed)
def code_refused(*, user: User, **kwargs: Any) -> None:
    audit.refused(verb="accounts.second_factor", refusal=WrongCode(subject=user), by=user)
