"""Which municipality a list's words mean."""

import re
from functools import lru_cache

from apps.directory.models import Municipality
from apps.directory.refusals import MunicipalitiesFirst
from apps.kernel.folding import fold

COUNTY = re.compile(r"^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)(.{1,6}?郡)(.+)$")


class MunicipalityFinder:
    """Finds municipalities by code and by address; reads them all once (fewer than two thousand)."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._codes: set[str] = set()
        twice: set[str] = set()
        for code, prefecture, name in Municipality.objects.values_list("lg_code", "prefecture", "name"):
            key = address_key(prefecture + name)
            if key in self._names:
                twice.add(key)
            self._codes.add(code)
            self._names[key] = code
        # Two places of one name in one prefecture cannot be told apart by their name.
        for key in twice:
            del self._names[key]
        if not self._codes:
            raise MunicipalitiesFirst
        self.by_address = lru_cache(maxsize=8192)(self._by_address)

    def by_code(self, code: str) -> str | None:
        return code if code in self._codes else None

    def _by_address(self, address: str) -> tuple[str | None, bool]:
        """The code of the municipality an address begins with, and whether a ward had to be passed over."""
        key = address_key(address)
        county = COUNTY.match(key)
        for candidate in (key, county[1] + county[3]) if county else (key,):
            for length in range(len(candidate), 2, -1):
                code = self._names.get(candidate[:length])
                if code is not None:
                    return code, "区" in candidate[length : length + 5]
        return None, False


def address_key(text: str) -> str:
    return fold(text).replace(" ", "")
