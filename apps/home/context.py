"""What stands around every page: where one is, the other places, who one is. Nothing is read until a template asks."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django_scopes import scope

from apps.environments.access import environment_for
from apps.environments.models import Environment, Member
from apps.environments.queries import Place, environments_of
from apps.home.navigation import Destination, destinations_of
from apps.home.returning import place_to_return_to
from apps.kernel.refusals import NotHere


class Around:
    """The surroundings of one page for the person who asked for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def is_demonstration(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    def places(self) -> list[Place]:
        """Every environment in which this person has a place now."""
        user = getattr(self._request, "user", None)
        return environments_of(user) if user is not None and user.is_authenticated else []

    @property
    def environment(self) -> Environment | None:
        return self._inside[0]

    @property
    def member(self) -> Member | None:
        return self._inside[1]

    @cached_property
    def _inside(self) -> tuple[Environment | None, Member | None]:
        """The environment of the page; on a page of no environment, the one this person was in last."""
        if getattr(self._request, "environment", None):
            return self._request.environment, self._request.member  # type: ignore[attr-defined]
        place = place_to_return_to(self._request, self.places)
        if place is None:
            return None, None
        try:
            return environment_for(self._request.user, place.slug)  # type: ignore[arg-type]
        except NotHere:
            return None, None

    @cached_property
    def other_places(self) -> list[Place]:
        return [place for place in self.places if self.environment is None or place.slug != self.environment.slug]

    @property
    def is_at_account(self) -> bool:
        return any(destination.is_account and destination.is_current for destination in self.destinations)

    @cached_property
    def destinations(self) -> list[Destination]:
        """Every place of the desk's navigation, with what is unread there."""
        with scope(environment=self.environment):
            return destinations_of(self._request, environment=self.environment, member=self.member)

    @property
    def counter(self) -> str:
        """Where F2 leads: to the counter, for those who book visits for families; nowhere for others."""
        return next((destination.counter for destination in self.destinations if destination.counter), "")

    @cached_property
    def thumb_destinations(self) -> list[Destination]:
        """The few places that a thumb reaches on a phone."""
        return [destination for destination in self.destinations if destination.in_thumb_reach]

    @cached_property
    def further_destinations(self) -> list[Destination]:
        """The other places, which a phone shows on the page behind "More"."""
        return [destination for destination in self.destinations if not destination.in_thumb_reach]


def around_every_page(request: HttpRequest) -> dict[str, object]:
    """Context processor: `around` for the navigation, `environment` and `member` as the fence found them."""
    return {
        "around": Around(request),
        "environment": getattr(request, "environment", None),
        "member": getattr(request, "member", None),
    }
