"""The child-development facilities of the demonstration: as the directory has them, and what they said of their places when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.directory.kinds import published
from apps.directory.models import Municipality, Office, OfficeService, ServiceKind, System
from apps.environments.models import Member, Organization
from apps.facilities import actions as facilities
from apps.facilities.grid import Grid, keys_of
from apps.facilities.models import AvailabilityAnswer, Facility, SchoolDistrict, Source
from apps.facilities.stated import Stated
from apps.kernel.folding import fold

# (name, latitude, longitude): the invented city lies around a point in the hills.
DISTRICTS = (
    ("第一小学校区", 39.286, 141.113),
    ("第二小学校区", 39.301, 141.128),
    ("桜台小学校区", 39.272, 141.094),
    ("川原小学校区", 39.259, 141.137),
)

CHILDREN, PUPILS = "63", "65"
WEEK = ("mon", "tue", "wed", "thu", "fri")

Told = tuple[str, str, str, int, tuple[int, ...], bool, int | None, str, str]
# (name, reading, kind, capacity, districts from which it fetches, medical care, days since its
#  answer or None, its marks by day, its remark). Children are marked in the morning, pupils after school.
PLACES: tuple[Told, ...] = (
    ("つくし", "ツクシ", CHILDREN, 10, (0, 1), False, 0, "○△×○○", "4月から1名増えます。"),
    ("たんぽぽ", "タンポポ", CHILDREN, 10, (0,), False, 1, "×××△×", ""),
    ("すみれ", "スミレ", CHILDREN, 10, (1, 2), True, 2, "2○○○2", "看護師は月・水・金にいます。"),
    ("ひまわり", "ヒマワリ", CHILDREN, 20, (0, 1, 2, 3), False, 3, "△△△△△", "見学のあとでご相談ください。"),
    ("なのはな", "ナノハナ", CHILDREN, 10, (3,), False, 5, "○×○×○", ""),
    ("れんげ", "レンゲ", CHILDREN, 10, (2,), False, 6, "×××××", "次の空きは夏の見込みです。"),
    ("あさがお", "アサガオ", CHILDREN, 5, (0,), True, 8, "1××1×", "医療的ケアは胃ろう・吸引に対応します。"),
    ("こすもす", "コスモス", CHILDREN, 10, (1, 3), False, 10, "○○○○×", ""),
    ("さざんか", "サザンカ", CHILDREN, 10, (), False, 13, "△×△×△", "送迎は行っていません。"),
    ("やまぶき", "ヤマブキ", CHILDREN, 10, (2, 3), False, 16, "○○×○○", ""),
    ("どんぐり", "ドングリ", PUPILS, 10, (0, 1), False, 0, "3○○×2", ""),
    ("くるみ", "クルミ", PUPILS, 10, (0,), False, 1, "××△××", ""),
    ("もみじ", "モミジ", PUPILS, 10, (1,), False, 3, "○○○○○", "長期休みは午前から受け入れます。"),
    ("いちょう", "イチョウ", PUPILS, 20, (0, 1, 2, 3), True, 4, "△○△○△", ""),
    ("けやき", "ケヤキ", PUPILS, 10, (2,), False, 7, "×××××", ""),
    ("しらかば", "シラカバ", PUPILS, 10, (3,), False, 12, "○×○×○", ""),
    ("ほたる", "ホタル", PUPILS, 10, (1, 3), False, 18, "○○○××", ""),
    ("めだか", "メダカ", PUPILS, 10, (0, 2), False, 25, "×△×△×", ""),
    ("かわせみ", "カワセミ", PUPILS, 10, (), False, 36, "○○○○○", ""),
    ("つばめ", "ツバメ", PUPILS, 10, (2,), False, None, "", ""),
)
# In the directory, and not written down yet: there for whoever tries to add facilities.
NOT_YET = (("ことり", "コトリ", CHILDREN), ("こぐま", "コグマ", CHILDREN), ("やまびこ", "ヤマビコ", PUPILS))
MARKS: dict[str, str | int] = {"○": "free", "△": "ask", "×": "full"}
# These two have no account: the desk answers for them on the phone.
BY_FAX = {"さざんか", "かわせみ"}


def keep_facilities(municipality: Municipality, member: Callable[[str], Member]) -> None:
    """Publish them in the directory, write them down, and let each say what it has said."""
    clerk, admin = member("yamamoto"), member("ito")
    districts = [
        facilities.add_district(name=name, number=number, latitude=latitude, longitude=longitude, by=admin)
        for number, (name, latitude, longitude) in enumerate(DISTRICTS, 1)
    ]
    offices = [*((place[0], place[1], place[2]) for place in PLACES), *NOT_YET]
    listed = [published_service(municipality, number, *office) for number, office in enumerate(offices)]
    made = facilities.register_from_directory(services=listed[: len(PLACES)], by=clerk)
    by_name = {one.name: one for one in made}
    for place in PLACES:
        settle(by_name[full_name(place[0])], place, districts, clerk)


def settle(facility: Facility, place: Told, districts: list[SchoolDistrict], clerk: Member) -> None:
    """Whose it is, whom it takes, and its answers."""
    name, _, kind, capacity, fetched, cares, days, marks, remarks = place
    about: dict[str, Any] = {"capacity": capacity, "takes_medical_care": cares, "picks_up": bool(fetched)}
    if name not in BY_FAX:
        about["organization"] = Organization.objects.get(name=facility.name)
    ids = [districts[number].pk for number in fetched]
    facilities.change_facility(facility=facility, about=about, districts=ids, by=clerk)
    if days is not None:
        answered(facility, said(kind, marks, remarks), days, clerk)


def said(kind: str, marks: str, remarks: str) -> Stated:
    bands, ages = (["morning"], ["preschool"]) if kind == CHILDREN else (["after_school"], ["primary", "secondary"])
    cells: dict[str, str | int] = {}
    for weekday, mark in zip(WEEK, marks, strict=True):
        cells |= dict.fromkeys(keys_of([weekday], bands, ages), MARKS.get(mark) or int(mark))
    return Stated(grid=Grid(cells), remarks=remarks, visit_times="平日 10時から15時（前日までにお電話ください）")


def answered(facility: Facility, stated: Stated, days: int, clerk: Member) -> None:
    """As if it had been said so many days ago: an answer is never changed, so it is written with its day."""
    then = timezone.now() - timedelta(days=days, hours=1)
    around = {"environment": facility.environment, "facility": facility, "confirmed_by": clerk}
    told = {"cells": stated.grid.as_json(), "remarks": stated.remarks, "visit_times": stated.visit_times}
    AvailabilityAnswer.objects.create(number=1, confirmed_at=then, source=Source.DESK, is_proxy=True, **told, **around)


def published_service(municipality: Municipality, number: int, name: str, kana: str, code: str) -> OfficeService:
    """An office of the invented city with its one service, as an import would have written it. Every contact is invented."""
    known = next(one for one in published() if (one.system, one.code) == (System.SHOGAI, code))
    kind, _ = ServiceKind.objects.get_or_create(
        system=System.SHOGAI, code=code, opendata_code=known.opendata_code, defaults={"name": known.name}
    )
    title, reading = full_name(name), f"コドモハッタツルーム {kana}"
    about = {
        "name": title,
        "kana": reading,
        "search_text": f"{fold(title)}\n{fold(reading)}",
        "municipality": municipality,
        "address": f"さくら川市桜台{number % 5 + 1}丁目{number + 1}-1",
        "latitude": 39.255 + number % 6 * 0.01,
        "longitude": 141.09 + number % 7 * 0.008,
        "corporate_name": "さくら川市" if number % 5 == 3 else "社会福祉法人 さくら見本会",
        "phone": f"0198-00-{number + 200:04}",
        "fax": f"0198-00-{number + 300:04}",
    }
    office, _ = Office.objects.get_or_create(
        system=System.SHOGAI, office_number=f"9950{number:06}", defaults={**about, "sort_kana": fold(reading)}
    )
    service, _ = OfficeService.objects.get_or_create(
        office=office, kind=kind, defaults={**about, "prefecture_code": "99", "valid_from": date(2026, 4, 1)}
    )
    return service


def full_name(name: str) -> str:
    return f"こども発達ルーム {name}"
