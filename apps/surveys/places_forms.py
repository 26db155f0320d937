"""Free places as a question asks for them, beside the other answers of a survey."""

from collections.abc import Mapping
from typing import Any

from apps.facilities import stated
from apps.facilities.forms import AvailabilityForm
from apps.facilities.grid import EMPTY, Grid


class PlacesForm(AvailabilityForm):
    """The part of the week that a question's settings name, filled in with what was answered so far.

    That nothing has changed is said for the whole survey: there is no button for it here.
    """

    def __init__(self, data: Any, *, prefix: str, settings: Mapping[str, Any], value: Mapping[str, Any] | None) -> None:
        standing = None if value is None else stated.read(value)
        super().__init__(data, prefix=prefix, last=standing, **settings)
        self.last = None
        self.standing = EMPTY if standing is None else standing.grid

    @property
    def before(self) -> Grid:
        return self.standing

    def told(self) -> dict[str, Any]:
        """What was sent, to be read by values.py."""
        return self.stated.as_json()
