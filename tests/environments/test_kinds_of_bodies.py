"""A consent that names a kind of organization is read, for an office that takes no part, by the service it gives."""

import pytest

from apps.directory.kinds import published
from apps.environments.kinds import KINDS, organization_kind_of

SERVICES = {(one.system, one.code): one for one in published()}


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        ("kaigo", "13", "visiting_nurse_station"),
        ("shogai", "13", "home_help_office"),
        ("kaigo", "63", "visiting_nurse_station"),
        ("shogai", "63", "child_facility"),
        ("shogai", "70", "consultation_support"),
        ("kaigo", "51", "other"),
    ],
)
def test_a_service_is_given_by_one_kind_of_organization(system, code, kind):
    assert organization_kind_of(SERVICES[system, code]) == kind


def test_every_service_that_is_named_is_published():
    assert KINDS.keys() <= SERVICES.keys()
