"""Brings the database up to date, as its owner: `CARENET_AS_OWNER=1 python -m carenet.launch.prepare`."""

import os

import django
from django.core.management import call_command


def prepare() -> None:
    """Run the migrations and make the table of the cache. Nothing happens where nothing is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carenet.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    prepare()
