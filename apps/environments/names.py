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
    """A person as one reader sees them; without id where the name is not theirs to know, and then at most with the kind
    of the organization."""

    id: UUID | None
    name: str | Promise
    # The name with a mark once the person has gone.
    known_as: str | Promise
    organization: str | Promise


NOBODY = PersonShown(id=None, name=ANOTHER, known_as=ANOTHER, organization="")


@dataclass(frozen=True)
class Names:
    """Whose names one reader may be shown; `known` is None where it is everybody's.

    Of the others it is said at most of what kind of organization they are (`says_kinds`). `bodies` are the organizations
    that may be named beside a name; None where it is every one, and the kind stands for the others.
    """

    known: frozenset[UUID] | None
    says_kinds: bool = False
    bodies: frozenset[UUID] | None = None

    @property
    def are_everybodys(self) -> bool:
        return self.known is None

    def include(self, member_id: UUID | None) -> bool:
        return self.known is None or member_id in self.known

    def name(self, person: Member) -> str:
        """The name alone, with a mark once the person has gone; the organization need not be read for it."""
        return person.known_as if self.include(person.pk) else str(ANOTHER)

    def only(self, ids: frozenset[UUID]) -> "Names":
        """As far as they are among these; of everybody else the kind of the organization."""
        return Names(known=ids if self.known is None else self.known & ids, says_kinds=True)

    def of(self, person: Member) -> PersonShown:
        """The person with name and organization, or "another participant"."""
        if not self.include(person.pk):
            return of_a_kind(person) if self.says_kinds else NOBODY
        body = person.organization
        is_told = self.bodies is None or body.pk in self.bodies
        told = body.name if is_told else body.get_kind_display()
        return PersonShown(id=person.pk, name=person.name, known_as=person.known_as, organization=told)


def of_a_kind(person: Member) -> PersonShown:
    """ "Another participant" of a day service: as much as tells colleagues with whom they have to do."""
    return PersonShown(id=None, name=ANOTHER, known_as=ANOTHER, organization=person.organization.get_kind_display())


EVERYBODYS = Names(known=None)
NOBODYS = Names(known=frozenset())
# Of everybody the kind of the organization alone.
KINDS = Names(known=frozenset(), says_kinds=True)


def names_shown_to(reader: Member) -> Names:
    """The one place where it is decided: for pages, fragments, the API, sockets and polls alike."""
    if not reader.is_guest:
        return EVERYBODYS
    return Names(known=frozenset([reader.pk, *acquaintance.met(reader)]))
