"""Proving who somebody is without a page: login id, passphrase and code in one go, under the same lock-out."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from apps.accounts import access, limits
from apps.accounts.forms import AuthenticateForm
from apps.accounts.models import User
from apps.accounts.refusals import LockedOut, NoSecondFactor, SignInRefused


def proved_person(*, request: HttpRequest, login_id: str, passphrase: str, code: str) -> User:
    """The person whose passphrase and code these are. Which of the three is wrong is not told."""
    user = by_passphrase(request, login_id, passphrase)
    if not access.has_second_factor(user):
        raise NoSecondFactor(subject=user)
    form = AuthenticateForm({"code": code}, user=user)
    if not form.is_valid():
        if form.has_error("code", LockedOut.code):
            raise limits.locked_out(request, key=f"mfa-auth-user-{user.pk}", subject=user)
        raise SignInRefused(subject=user)
    return user


def by_passphrase(request: HttpRequest, login_id: str, passphrase: str) -> User:
    try:
        user = get_adapter().authenticate(request, username=login_id, password=passphrase)
    except ValidationError as error:
        raise limits.locked_out(request, key=limits.sign_in_key(request, login_id)) from error
    # A closed account is answered like a wrong passphrase: nothing is told about accounts to a program.
    if not isinstance(user, User) or not user.is_active:
        raise SignInRefused(subject=user)
    return user
