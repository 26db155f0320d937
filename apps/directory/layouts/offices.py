"""What the two lists of offices have in common: a row is a service of an office, and its kind must be known."""

import hashlib
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from apps.directory.kinds import KindFinder
from apps.directory.models import ImportFinding, ServiceKind
from apps.directory.reading import Row
from apps.directory.refusals import KindUnknown
from apps.directory.search import search_text
from apps.kernel.folding import fold_name

from .columns import Columns, Trouble
from .places import MunicipalityFinder
from .values import RowReading

Code = ImportFinding.Code
# Added in front of the official columns by people who join several official files into one.
LEADING_KIND = "サービス種類コード(ファイル名由来)"
NUMBER = "事業所番号"
LONGEST_NUMBER = 20
PREFECTURES = frozenset(f"{number:02}" for number in range(1, 48))


class Place(NamedTuple):
    """What a row says of the place itself, whichever list it stands in."""

    name: str
    kana: str
    municipality_id: str | None
    address: str
    building: str
    latitude: float | None
    longitude: float | None
    phone: str
    fax: str
    url: str
    corporate_name: str
    corporate_number: str


class Service(NamedTuple):
    """What a row says of the service."""

    authority_code: str
    capacity: int | None
    weekdays: str
    hours: str
    remarks: str


class StagedService(NamedTuple):
    """A row as the staging table takes it: the order of these fields is the order of its columns."""

    line: int
    kind_id: int
    office_number: str
    sort_kana: str
    prefecture_code: str
    search_text: str
    fingerprint: str
    as_written: str
    place: Place
    service: Service

    @property
    def flat(self) -> tuple[object, ...]:
        return (*self[:8], *self.place, *self.service)


@dataclass
class OfficeLayout:
    """A list of offices: reads rows into staged services, and remembers what the file covers."""

    columns: Columns
    kinds: KindFinder
    places: MunicipalityFinder
    # The kind of the whole file, from its name or from the person who imports it.
    kind: ServiceKind | None
    kinds_seen: dict[int, ServiceKind] = field(default_factory=dict)
    prefectures_seen: set[str] = field(default_factory=set)
    _names_seen: set[tuple[int, str]] = field(default_factory=set)

    system: ClassVar[str]
    kind_column: ClassVar[str]
    name_column: ClassVar[str]

    def staged(self, row: Row) -> tuple[StagedService | None, list[Trouble]]:
        """The row ready for the staging table, or nothing when it has to be left out; and its warnings."""
        if not self.columns.fits(row):
            return None, [Trouble(row.line, Code.WRONG_LENGTH, value=str(len(row.fields)))]
        reading = RowReading(row.line, dict(zip(self._keys, row.fields, strict=True)))
        if not reading.values[NUMBER].strip():
            reading.warn(Code.NO_NUMBER, NUMBER)
        elif not reading.values[self.name_column].strip():
            reading.warn(Code.NO_NAME, self.name_column)
        elif len(reading.values[NUMBER]) > LONGEST_NUMBER:
            reading.warn(Code.BAD_ROW, NUMBER, reading.values[NUMBER])
        elif (kind := self._kind_of(reading)) is None:
            reading.warn(Code.UNKNOWN_KIND, self.kind_column, reading.values[self.kind_column])
        else:
            return self._read(reading, kind), reading.troubles
        return None, reading.troubles

    def __post_init__(self) -> None:
        # Columns are read under the names the code knows, however this edition spells their width.
        wanted = {self.columns.place(name): name for name in self.shown() | {LEADING_KIND}}
        self._keys = [wanted.get(place, name) for place, name in enumerate(self.columns.header)]
        self._has_leading_kind = self.columns.place(LEADING_KIND) is not None

    @classmethod
    def shown(cls) -> frozenset[str]:
        raise NotImplementedError

    def place_of(self, reading: RowReading) -> Place:
        raise NotImplementedError

    def service_of(self, reading: RowReading) -> Service:
        raise NotImplementedError

    def _kind_of(self, reading: RowReading) -> ServiceKind | None:
        """From the leading column, else the file's own kind, else the name in the row."""
        name = reading.values[self.kind_column]
        if self._has_leading_kind:
            code = reading.values[LEADING_KIND]
            kind = self.kinds.by_code(code.zfill(3)) or self.kinds.by_code(code)
        else:
            kind = self.kind or self.kinds.by_name(name)
        if kind is not None:
            self._compare_names(reading, kind, name)
        return kind

    def _compare_names(self, reading: RowReading, kind: ServiceKind, name: str) -> None:
        # Once per name: a file of one kind would repeat the warning on every line.
        if (kind.pk, name) not in self._names_seen:
            self._names_seen.add((kind.pk, name))
            if name and self.kinds.by_name(name) != kind:
                reading.warn(Code.KIND_NAME, self.kind_column, name)

    def _read(self, reading: RowReading, kind: ServiceKind) -> StagedService:
        number = reading.office_number(NUMBER)
        place, service = self.place_of(reading), self.service_of(reading)
        stated = service.authority_code[:2]
        if stated in PREFECTURES:
            self.prefectures_seen.add(stated)
        self.kinds_seen[kind.pk] = kind
        return StagedService(
            line=reading.line,
            kind_id=kind.pk,
            office_number=number,
            sort_kana=fold_name(place.kana or place.name)[:100],
            prefecture_code=stated if stated in PREFECTURES else number[:2],
            search_text=search_text(name=place.name, kana=place.kana),
            fingerprint=fingerprint(place, service, reading.as_written_json),
            as_written=reading.as_written_json,
            place=place,
            service=service,
        )


def fingerprint(place: Place, service: Service, as_written: str) -> str:
    said = "\x1f".join(map(str, (*place, *service, as_written)))
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()


def kind_named(finder: KindFinder, code: str) -> ServiceKind:
    """The kind a person named by its code; refused when there is none."""
    kind = finder.by_code(code.zfill(3)) or finder.by_code(code)
    if kind is None:
        raise KindUnknown(kind=code)
    return kind
