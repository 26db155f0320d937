"""The places a person can go to: the same list for the desk's rail, the thumb's bar and the account page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.environments.access import can_open_environments, can_see_members
from apps.environments.models import Environment, Member
from apps.facilities.access import facilities_of
from apps.notices.queries import unread_count
from apps.oversight.access import can_answer, can_read_ledger
from apps.paper.access import can_use_paper
from apps.referrals.access import can_follow
from apps.rooms.queries import unread_rooms_count
from apps.visits.access import can_arrange, has_visits
from apps.waiting.access import can_see_list
from apps.waiting.queries import answers_wanted


@dataclass(frozen=True)
class Destination:
    """A place in the navigation. `key` is the word by which a live count finds its badge."""

    key: str
    name: str
    icon: str
    url: str
    is_current: bool
    unread: int = 0
    in_thumb_reach: bool = False
    # Where F2 leads from every page.
    counter: str = ""

    @property
    def counts(self) -> bool:
        """Whether a number beside the name tells what is unread there."""
        return self.key in {"rooms", "notices"}

    @property
    def is_account(self) -> bool:
        """On a desk one's own name leads there instead."""
        return self.key == "me"


# The first word of a view's name says where one is; what is not listed is its own place.
BELONGS_TO = {
    "home:today": "today",
    "home:me": "me",
    "rooms": "rooms",
    "rooms:removed": "clients",
    "clients": "clients",
    "notices": "notices",
    "directory": "directory",
    "facilities": "facilities",
    "environments:new": "new",
    "environments": "members",
    "handovers": "members",
    "oversight": "oversight",
    "oversight:codes": "clients",
    "notes": "rooms",
    "surveys": "surveys",
    "inquiries": "inquiries",
    "referrals": "referrals",
    "visits": "visits",
    "waiting": "waiting",
    "calendars": "visits",
    "records": "clients",
    "records:choose": "rooms",
    "records:disclosures": "rooms",
    "records:draft": "rooms",
    "records:choose_meeting": "rooms",
    "records:draft_meeting": "rooms",
    "accounts": "me",
}


def destinations_of(
    request: HttpRequest, *, environment: Environment | None, member: Member | None
) -> list[Destination]:
    """All places of this person, in the order in which a day needs them. Without an environment only the account."""
    here = place_of(request)
    inside = list(places_inside(environment, member, here)) if environment and member else []
    return [*inside, *places_outside(request, here)]


def place_of(request: HttpRequest) -> str:
    """The key of the place in which this page stands."""
    match = request.resolver_match
    if match is None:
        return ""
    return BELONGS_TO.get(match.view_name) or BELONGS_TO.get(match.app_name, "me")


def places_inside(environment: Environment, member: Member, here: str) -> Iterator[Destination]:
    def place(key: str, name: str, icon: str, view: str, unread: int = 0, thumb: bool = True) -> Destination:
        url = reverse(view, kwargs={"slug": environment.slug})
        return Destination(key, name, icon, url, key == here, unread, thumb)

    yield place("today", _("Today"), "sun", "home:today")
    yield place("rooms", _("Talk"), "chat-bubble-left-right", "rooms:list", unread_rooms_count(member))
    yield place("clients", _("Clients"), "heart", "clients:list")
    yield place("notices", _("Notices"), "bell", "notices:inbox", unread_count(member))
    yield place("surveys", _("Surveys"), "clipboard-document-list", "surveys:asked", thumb=False)
    yield place("inquiries", _("Anonymous inquiries"), "megaphone", "inquiries:asked", thumb=False)
    yield from places_of_services(environment, member, place)
    yield place("directory", _("Offices"), "building-office-2", "directory:offices", thumb=False)
    if can_use_paper(member):
        yield place("paper", _("Answers on paper"), "document-check", "paper:scans", thumb=False)
    if can_read_ledger(member):
        yield place("oversight", _("Ledger"), "finger-print", "oversight:ledger", thumb=False)
    elif can_answer(member):
        yield place("oversight", _("Questions of families"), "finger-print", "oversight:family_asked", thumb=False)
    if can_see_members(member):
        yield place("members", _("Members"), "users", "environments:members", thumb=False)


def places_of_services(
    environment: Environment, member: Member, place: Callable[..., Destination]
) -> Iterator[Destination]:
    """Where a place in a facility is found, looked at and followed until the service starts."""
    if not member.is_guest or facilities_of(member).exists():
        yield place("facilities", _("Free places"), "calendar-days", "facilities:board", thumb=False)
    arranges = can_arrange(member)
    if arranges or has_visits(member):
        counter = reverse("visits:find", kwargs={"slug": environment.slug}) if arranges else ""
        yield replace(place("visits", _("Visits"), "map-pin", "visits:visits", thumb=False), counter=counter)
    if can_follow(member):
        yield place("referrals", _("On the way to the start"), "flag", "referrals:referrals", thumb=False)
    if can_see_list(member):
        yield place("waiting", _("Waiting list"), "clock", "waiting:line", answers_wanted(member), thumb=False)


def places_outside(request: HttpRequest, here: str) -> Iterator[Destination]:
    if can_open_environments(request.user):  # type: ignore[arg-type]
        url = reverse("environments:new")
        yield Destination("new", _("New environment"), "plus-circle", url, here == "new")
    url = reverse("home:me")
    yield Destination("me", _("More"), "ellipsis-horizontal-circle", url, here == "me", in_thumb_reach=True)
