"""Towns that `manage.py seed_rooms` makes, as anybody can who wants to measure: their rooms, and the tokens of their people."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.ownserver import Environ, manage


def seeded(environ: Environ, slug: str, **sizes: int) -> dict[str, Any]:
    """A town of these sizes, as the command has written it down."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / "town.json"
        of = {**sizes, "slug": slug, "write-to": written}
        manage(environ, "seed_rooms", *(f"--{name}={value}" for name, value in of.items()))
        town: dict[str, Any] = json.loads(written.read_text())
        return town


def newcomer(slug: str) -> str:
    """The token of somebody who is in no room of the town."""
    from django_scopes import scope

    from apps.environments.models import Environment
    from tests import makers
    from tests.load.town import token_of

    environment = Environment.objects.get(slug=slug)
    with scope(environment=environment):
        office = makers.make_organization(environment, "よそ", "care_management_office")
        return token_of(makers.make_member(office, makers.make_user(f"{slug}-idle")).user)
