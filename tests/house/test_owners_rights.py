"""What runs in the database with the owner's rights, past row-level security, is listed with its reason."""

from typing import Any

import pytest
from django.db import connection

APP_ROLE = "carenet_app"
# What runs with the owner's rights, past row-level security, and why that is safe. Nothing else may.
WITH_THE_OWNERS_RIGHTS = {
    "rooms_append": "one batch may hold messages of several environments; each row is written where its room is",
    "rooms_take_into_search": "takes in messages of every environment; each row is written where its message is",
    "rooms_search_follows": "a trigger that keeps what is searched equal to its message, whoever changes it",
    "rooms_search": "behind row-level security no index is used; it compares the environment itself and answers keys",
    "rooms_message_has_its_question": "a trigger that asks when a transaction ends, whoever looks then; it reads by the id alone",
    "rooms_question_is_said": "a trigger that asks when a transaction ends, whoever looks then; it reads by the id alone",
    "rooms_purge_ended": "nobody may change a version; triggers count its days again, it compares the environment itself",
    "notes_text_follows": "a trigger that keeps what is searched equal to what its note says, whoever writes it",
    "surveys_shared_templates": "what somebody has shared with every environment: questions, and nothing of anybody",
    "audit_unsealed_places": "tells the sealer in which environments entries wait; it answers keys of environments alone",
    "audit_sealed_places": "tells the sealer which environments have a tree; it answers keys of environments alone",
    "environments_of": "tells one person in which environments they have a place, before one is open",
    "visits_environment_of_key": "tells who holds a family's slip, by its key alone, in which environment the visit is",
    "calendars_environment_of_feed": "tells who holds a secret calendar address, by its digest alone, in which environment it is",
    "oversight_environment_of_code": "tells who holds a family's code, by it alone, in which environment its client is",
    "paper_environment_of": "tells who holds a sheet, by its code alone, in which environment it is answered",
}


def rows(query: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return list(cursor.fetchall())


def test_few_functions_run_with_the_owners_rights_and_each_looks_up_names_in_one_place_only(db):
    found = dict(
        rows(
            "SELECT proname::text, proconfig::text FROM pg_proc"
            " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
    )

    assert found.keys() == WITH_THE_OWNERS_RIGHTS.keys()
    for settings in found.values():
        assert "search_path=public, pg_temp" in settings


@pytest.mark.parametrize("function", WITH_THE_OWNERS_RIGHTS)
def test_a_function_with_the_owners_rights_is_for_the_application_alone(db, function):
    [(rights,)] = rows("SELECT proacl::text FROM pg_proc WHERE proname = %s", function)

    assert APP_ROLE in rights
    # An entry without a name before the sign is PUBLIC.
    assert not any(entry.strip('{}"').startswith("=") for entry in rights.split(","))
