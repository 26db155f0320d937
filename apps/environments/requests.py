"""What a request carries below /e/<slug>/ and /api/v1/e/<slug>/, where the fence has let it in: for type checkers."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from apps.accounts.models import User
from apps.environments.models import Environment, Member
from apps.environments.names import Names


class PersonRequest(HttpRequest):
    """The request of somebody who is signed in, outside every environment."""

    user: User
    htmx: HtmxDetails


class PersonApiRequest(Request):
    """The same at the API."""

    user: User


class MemberRequest(HttpRequest):
    """A page's request: signed in, inside one environment, as one of its members."""

    user: User
    environment: Environment
    member: Member
    htmx: HtmxDetails
    # Whose names this page may tell: set where a page is about one client, asked of the member otherwise.
    names_shown: Names


class MemberApiRequest(Request):
    """The same at the API."""

    user: User
    environment: Environment
    member: Member
