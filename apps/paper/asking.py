"""Where a sheet's questions come from is known on a floor above: here stands whom to ask for the page that goes on with it.

`carenet/wiring.py` says so. Until something is said there, a sheet leads nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.paper.models import Scan, Sheet


@dataclass
class Asking:
    """The path of the page on which a sheet is filled in by hand, and of the one on which a scan becomes the answer."""

    path_of_sheet: Callable[[Sheet], str]
    path_of_scan: Callable[[Scan], str]


def nowhere(_thing: object) -> str:
    return ""


asking = Asking(path_of_sheet=nowhere, path_of_scan=nowhere)
