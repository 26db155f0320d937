"""Where a sheet's questions come from is known on a floor above: here stands whom to ask for the pages that go on with it.

`carenet/wiring.py` says so. Until something is said there, a sheet leads nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.paper.models import Scan, Sheet
from apps.paper.refusals import SheetUnknown


@dataclass(frozen=True)
class Asker:
    """An app that asks on paper. Of a sheet that is not its own it says nothing: no path, and no page at the door."""

    # The page on which a sheet is filled in by hand, and the one on which a scan becomes the answer.
    path_of_sheet: Callable[[Sheet], str]
    path_of_scan: Callable[[Scan], str]
    # The page behind the QR code, in the environment of the sheet, for whoever holds it. Raises a refusal of this app's
    # where the sheet takes no answer any more.
    at_the_door: Callable[[HttpRequest, Sheet], HttpResponse | None]


@dataclass
class Asking:
    """Everybody who asks on paper."""

    askers: list[Asker] = field(default_factory=list)

    def connect(self, asker: Asker) -> None:
        if asker not in self.askers:
            self.askers.append(asker)

    def path_of_sheet(self, sheet: Sheet) -> str:
        return next((path for one in self.askers if (path := one.path_of_sheet(sheet))), "")

    def path_of_scan(self, scan: Scan) -> str:
        return next((path for one in self.askers if (path := one.path_of_scan(scan))), "")

    def at_the_door(self, request: HttpRequest, sheet: Sheet) -> HttpResponse:
        for one in self.askers:
            page = one.at_the_door(request, sheet)
            if page is not None:
                return page
        raise SheetUnknown(subject=sheet)


asking = Asking()


def address_at(request: HttpRequest) -> Callable[[str], str]:
    """Where the QR code of a sheet leads: the door of its code, at the address by which this installation was asked."""
    return lambda code: request.build_absolute_uri(reverse("sheet_door", args=[code]))
