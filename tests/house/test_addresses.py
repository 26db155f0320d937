"""What stands in an address: ids that nobody can guess, and numbers only where a door has been passed."""

import re
import uuid

from django.apps import apps as registry
from django.db import models

from tests.doors.addresses import Address, addresses

CONVERTER = re.compile(r"<(\w+):(\w+)>")
# Numbers without an id before them, and why nobody learns anything by counting: only one's own rows are asked.
OF_ONESELF = {
    "notification_id": "one's own inbox, and what is not in it is missing",
    "session_id": "one's own sessions",
    "wording_number": "an admin's own environment, all of whose versions stand in the list",
    "pk": "one's own passkeys",
}


def test_a_root_in_an_address_is_an_id_that_cannot_be_guessed():
    counted = [
        f"{address.name}: {word}"
        for address in addresses()
        for kind, word in CONVERTER.findall(address.route)
        if word.endswith("_id") and kind != "uuid" and word not in OF_ONESELF
    ]

    assert counted == []


def test_a_number_stands_only_below_a_root():
    assert [f"{one.name}: {word}" for one in addresses() for word in numbers_before_any_root(one)] == []


def numbers_before_any_root(address: Address) -> list[str]:
    found: list[str] = []
    for kind, word in CONVERTER.findall(address.route):
        if kind == "uuid":
            return found
        if kind == "int" and word not in OF_ONESELF:
            found.append(word)
    return found


def test_no_reason_is_kept_for_a_number_that_has_gone():
    assert OF_ONESELF.keys() <= {word for address in addresses() for word in address.words}


def test_ids_are_drawn_by_chance():
    """uuid4 takes its bits from the operating system; the other kinds tell a time, a machine or a name."""
    house = [model for model in registry.get_models() if model.__module__.startswith("apps.")]
    keys = {model._meta.label: model._meta.pk for model in house if isinstance(model._meta.pk, models.UUIDField)}

    assert "clients.Client" in keys
    assert [label for label, key in keys.items() if key is not None and key.default is not uuid.uuid4] == []
