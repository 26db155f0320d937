"""A ledger of its own: of an environment, or of what happens outside all of them (sign-ins, refused ones too)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django_scopes import get_scope, scope


@dataclass(frozen=True)
class Place:
    """An environment as the ledger knows it: by its key alone."""

    pk: UUID


@contextmanager
def standing_in(environment_id: UUID | None) -> Iterator[None]:
    """Work on the ledger of an environment; without one, on that of what happens outside."""
    with scope(environment=Place(environment_id) if environment_id is not None else None):
        yield


def here() -> UUID | None:
    environment = get_scope().get("environment")
    return environment.pk if environment is not None else None
