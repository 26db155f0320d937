"""What a card says of a need: enough to say whether there is a place, and not whose need it is."""

from dataclasses import dataclass

from apps.facilities.models import SchoolDistrict


@dataclass(frozen=True)
class Card:
    """The facts of a need, in the words of the closed lists (kinds.py, facilities.grid, clients.Need), with a short text."""

    age_group: str
    support: str = ""
    area: str = ""
    weekdays: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    district: SchoolDistrict | None = None
    text: str = ""

    @property
    def written(self) -> dict[str, str]:
        """What somebody has typed, by field: where identifying words could stand."""
        return {"area": self.area, "text": self.text}

    @property
    def tells_place(self) -> bool:
        return bool(self.area.strip() or self.district)
