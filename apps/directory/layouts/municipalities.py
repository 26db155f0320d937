"""Municipalities: a public-domain list after 総務省「全国地方公共団体コード」, with readings and coordinates."""

from typing import NamedTuple

from apps.directory.models import ImportFinding
from apps.directory.numbers import lg_code_checks
from apps.directory.reading import Row
from apps.directory.search import search_text

from .columns import Columns, Trouble
from .values import RowReading

Code = ImportFinding.Code
SHOWN = frozenset({"lgcode", "pref", "city", "citykana", "lat", "lng", "url"})
PASSED_OVER = frozenset({"pid", "cid", "phrase"})


class StagedMunicipality(NamedTuple):
    line: int
    lg_code: str
    prefecture: str
    name: str
    kana: str
    latitude: float | None
    longitude: float | None
    url: str
    search_text: str
    # "札幌市" of "札幌市 中央区": the list parts a ward from its city by a space.
    city: str | None


class MunicipalityLayout:
    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def staged(self, row: Row) -> tuple[StagedMunicipality | None, list[Trouble]]:
        if not self.columns.fits(row):
            return None, [Trouble(row.line, Code.WRONG_LENGTH, value=str(len(row.fields)))]
        reading = RowReading(row.line, dict(zip(self.columns.header, row.fields, strict=True)))
        values = reading.values
        # The code is strict: everything else hangs on it.
        if not lg_code_checks(values["lgcode"]) or not values["city"].strip() or not values["pref"].strip():
            reading.warn(Code.BAD_ROW, "lgcode", values["lgcode"])
            return None, reading.troubles
        return self._read(reading), reading.troubles

    def _read(self, reading: RowReading) -> StagedMunicipality:
        values = reading.values
        latitude, longitude = reading.location("lat", "lng")
        city, space, _ward = values["city"].partition(" ")
        return StagedMunicipality(
            line=reading.line,
            lg_code=values["lgcode"],
            prefecture=values["pref"],
            name=values["city"],
            kana=values["citykana"],
            latitude=latitude,
            longitude=longitude,
            url=values["url"],
            search_text=search_text(name=values["pref"] + values["city"], kana=values["citykana"]),
            city=city if space else None,
        )
