"""Whose names a reader may be shown: everybody's for people of the municipality's network, for a guest only those they have met.

Who has met whom is known on a floor above, where people are brought together; `carenet/wiring.py` says by what it is asked.
Until something is said there, a guest knows nobody but themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.environments.models import Member

ANOTHER = _("Another participant")


@dataclass
class Acquaintance:
    """How it is asked whom a guest has met (`met`) and with whom they share something now (`near`): ids of members."""

    met: Callable[[Member], Iterable[UUID]]
    near: Callable[[Member], Iterable[UUID]]


def nobody(_guest: Member) -> Iterable[UUID]:
    return []


acquaintance = Acquaintance(met=nobody, near=nobody)


@dataclass(frozen=True)
class PersonShown:
    """A person as one reader sees them; without id and organization where the name is not theirs to know."""

    id: UUID | None
    name: str | Promise
    # The name with a mark once the person has gone.
    known_as: str | Promise
    organization: str


NOBODY = PersonShown(id=None, name=ANOTHER, known_as=ANOTHER, organization="")


@dataclass(frozen=True)
class Names:
    """Whose names one reader may be shown; `known` is None where it is everybody's."""

    known: frozenset[UUID] | None

    @property
    def are_everybodys(self) -> bool:
        return self.known is None

    def include(self, member_id: UUID | None) -> bool:
        return self.known is None or member_id in self.known

    def name(self, person: Member) -> str:
        """The name alone, with a mark once the person has gone; the organization need not be read for it."""
        return person.known_as if self.include(person.pk) else str(ANOTHER)

    def of(self, person: Member) -> PersonShown:
        """The person with name and organization, or "another participant"."""
        if not self.include(person.pk):
            return NOBODY
        return PersonShown(
            id=person.pk, name=person.name, known_as=person.known_as, organization=person.organization.name
        )


EVERYBODYS = Names(known=None)
NOBODYS = Names(known=frozenset())


def names_shown_to(reader: Member) -> Names:
    """The one place where it is decided: for pages, fragments, the API, sockets and polls alike."""
    if not reader.is_guest:
        return EVERYBODYS
    return Names(known=frozenset([reader.pk, *acquaintance.met(reader)]))
