"""Disability and child service offices: 独立行政法人福祉医療機構 (WAM NET) 障害福祉サービス等情報公表, 29 columns, twice a year."""

from .offices import LEADING_KIND, NUMBER, OfficeLayout, Place, Service
from .values import Code, RowReading, as_json

AUTHORITY = "都道府県コード又は市区町村コード"
KIND = "サービス種別"
NAME = "事業所の名称"
CITY = "事業所住所（市区町村）"
HOURS = {
    "weekday": "利用可能な時間帯（平日）",
    "saturday": "利用可能な時間帯（土曜）",
    "sunday": "利用可能な時間帯（日曜）",
    "holiday": "利用可能な時間帯（祝日）",
    "closed": "定休日",
}
REMARKS = "利用可能曜日特記事項（留意事項）"
SHOWN = frozenset(
    {AUTHORITY, KIND, NAME, NUMBER, CITY, REMARKS, "事業所の名称_かな", "事業所住所（番地以降）", "事業所電話番号"}
    | {"事業所FAX番号", "事業所URL", "事業所緯度", "事業所経度", "法人番号", "法人の名称", "定員", *HOURS.values()}
)
PASSED_OVER = frozenset(
    {LEADING_KIND, "NO（※システム内の固有の番号、連番）", "指定機関名", "法人の名称_かな", "法人住所（市区町村）"}
    | {"法人住所（番地以降）", "法人電話番号", "法人FAX番号", "法人URL"}
)


class ShogaiLayout(OfficeLayout):
    system = "shogai"
    kind_column = KIND
    name_column = NAME

    @classmethod
    def shown(cls) -> frozenset[str]:
        return SHOWN

    def place_of(self, reading: RowReading) -> Place:
        latitude, longitude = reading.location("事業所緯度", "事業所経度")
        return Place(
            name=reading.text(NAME),
            kana=reading.text("事業所の名称_かな"),
            municipality_id=self._municipality(reading),
            address=reading.address(CITY) + reading.address("事業所住所（番地以降）"),
            building="",
            latitude=latitude,
            longitude=longitude,
            phone=reading.phone("事業所電話番号"),
            fax=reading.phone("事業所FAX番号"),
            url=reading.text("事業所URL"),
            corporate_name=reading.text("法人の名称"),
            corporate_number=reading.corporate_number("法人番号"),
        )

    def service_of(self, reading: RowReading) -> Service:
        stated = {day: reading.text(column) for day, column in HOURS.items() if reading.values[column]}
        return Service(
            authority_code=reading.values[AUTHORITY].strip(),
            capacity=reading.capacity("定員"),
            weekdays="",
            hours=as_json(stated),
            remarks=reading.text(REMARKS),
        )

    def _municipality(self, reading: RowReading) -> str | None:
        """By the office's own address: the first column is who designated the service, not where it stands."""
        code, ward_unknown = self.places.by_address(reading.values[CITY])
        if code is None or ward_unknown:
            trouble = Code.MUNICIPALITY if code is None else Code.PARENT_MUNICIPALITY
            reading.warn(trouble, CITY, reading.values[CITY])
        return code
