"""The cast, committed: other connections see them."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from tests.cast import Cast, assemble


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    people = assemble()
    with scope(environment=people.environment):
        yield people
