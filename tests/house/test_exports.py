"""What a package says it offers is there."""

from importlib import import_module
from pkgutil import walk_packages

import pytest

import apps

PACKAGES = sorted(
    found.name for found in walk_packages(apps.__path__, "apps.") if found.ispkg and ".migrations" not in found.name
)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_that_a_package_offers_can_be_had(name):
    package = import_module(name)

    assert [word for word in getattr(package, "__all__", ()) if not hasattr(package, word)] == []
