"""Brings the database up to date, and fills the demo's.

CARENET_AS_OWNER=1 python -m carenet.launch.prepare     migrations and the cache's table, as the owner
python -m carenet.launch.prepare fill                   the public directory and the demonstration, as the application
"""

import io
import os
import sys

import django
from django.core.management import call_command


def prepare() -> None:
    """Run the migrations and make the table of the cache. Nothing happens where nothing is missing."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def fill() -> None:
    """Import the directory that is shipped and make the demonstration's environments. A second time changes nothing."""
    # A long report that says all went well; what goes wrong is an exception.
    call_command("seed_directory", stdout=io.StringIO())
    call_command("demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carenet.settings")
    django.setup()
    if sys.argv[1:] == ["fill"]:
        fill()
    else:
        prepare()
