"""The overview as it is asked for: of a client or of a person, at the end of a day, or the difference between two days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.paging import ROWS, paged, showing
from apps.oversight.queries.changes import Change, changes
from apps.oversight.queries.people import Subject
from apps.oversight.queries.standings import (
    Standing,
    all_of_person,
    clients_open_to,
    moment_of,
    of_client,
    of_person,
    place_of,
)


@dataclass(frozen=True)
class Overview:
    """Whom it is about, of which day; with a day to compare with, the rows are changes instead of standings."""

    client: Client | None
    person: Member | None
    on: date
    against: date | None

    @property
    def is_of_the_past(self) -> bool:
        return self.against is not None or self.on < timezone.localdate()

    def rows(self) -> list[Standing] | list[Change]:
        """All of them."""
        after = self._standings(self.on)
        if self.against is None:
            return after
        since = moment_of(self.against)
        assert since is not None
        return changes(self._standings(self.against), after, since, moment_of(self.on))

    def page(self, number: str | None) -> Page[Any]:
        """One page of them; of a person's clients no more is read than is shown."""
        if self.against is not None or self.person is None:
            return Paginator(self.rows(), ROWS).get_page(number)
        at = moment_of(self.on)
        place = place_of(self.person, at)
        found = paged(clients_open_to(place, at), number)
        return showing(found, of_person(place, found.object_list, at) if place is not None else [])

    def _standings(self, day: date) -> list[Standing]:
        at = moment_of(day)
        if self.client is not None:
            return of_client(self.client, at)
        return all_of_person(self.person, at) if self.person is not None else []


def overview_of(subject: Subject, on: date | None, against: date | None) -> Overview:
    return Overview(subject.client, subject.person, on or timezone.localdate(), against)
