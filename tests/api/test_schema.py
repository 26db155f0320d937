"""The description of the API is whole, and what it describes is what answers."""

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient

from tests.doors.addresses import addresses


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """As the command writes it, refusing every warning."""
    file = tmp_path_factory.mktemp("schema") / "schema.json"
    call_command("spectacular", validate=True, fail_on_warn=True, format="openapi-json", file=str(file))
    return json.loads(file.read_text())


def test_the_description_is_valid_without_a_warning(schema):
    assert schema["openapi"].startswith("3.")


def test_every_endpoint_is_described(schema):
    described = {
        (path, method.upper()) for path, item in schema["paths"].items() for method in item if method != "parameters"
    }
    spoken = {
        ("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address.route), method)
        for address in addresses()
        if address.is_api
        for method in address.endpoints
    }

    assert described == spoken


def test_every_operation_says_what_it_does_and_has_a_name_of_its_own(schema):
    operations = [
        operation for item in schema["paths"].values() for name, operation in item.items() if name != "parameters"
    ]

    assert [one["operationId"] for one in operations if not (one.get("summary") or one.get("description"))] == []
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))


def test_the_description_is_open_to_everybody_and_the_same(db, schema):
    answer = APIClient().get(reverse("schema"), headers={"Accept": "application/vnd.oai.openapi+json"})

    assert answer.status_code == 200
    assert json.loads(answer.content)["paths"].keys() == schema["paths"].keys()


def test_the_description_names_the_token_and_the_session(schema):
    assert {"deviceToken", "cookieAuth"} <= schema["components"]["securitySchemes"].keys()
