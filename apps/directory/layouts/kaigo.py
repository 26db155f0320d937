"""Long-term care offices: 厚生労働省 介護サービス情報公表システム, 24 columns, published at the ends of June and December."""

from .offices import LEADING_KIND, NUMBER, OfficeLayout, Place, Service
from .values import Code, RowReading

AUTHORITY = "都道府県コード又は市町村コード"
KIND = "サービスの種類"
NAME = "事業所名"
SHOWN = frozenset(
    {AUTHORITY, KIND, NAME, NUMBER, "事業所名カナ", "住所", "方書（ビル名等）", "緯度", "経度", "電話番号", "FAX番号"}
    | {"法人番号", "法人の名称", "利用可能曜日", "利用可能曜日特記事項", "定員", "URL", "都道府県名", "市区町村名"}
)
PASSED_OVER = frozenset(
    {LEADING_KIND, "No", "備考", "高齢者の方と障害者の方が同時一体的に利用できるサービス"}
    | {"介護保険の通常の指定基準を満たしている", "障害福祉の通常の指定基準を満たしている"}
)


class KaigoLayout(OfficeLayout):
    system = "kaigo"
    kind_column = KIND
    name_column = NAME

    @classmethod
    def shown(cls) -> frozenset[str]:
        return SHOWN

    def place_of(self, reading: RowReading) -> Place:
        latitude, longitude = reading.location("緯度", "経度")
        return Place(
            name=reading.text(NAME),
            kana=reading.text("事業所名カナ"),
            municipality_id=self._municipality(reading),
            address=reading.address("住所"),
            building=reading.text("方書（ビル名等）"),
            latitude=latitude,
            longitude=longitude,
            phone=reading.phone("電話番号"),
            fax=reading.phone("FAX番号"),
            url=reading.text("URL"),
            corporate_name=reading.text("法人の名称"),
            corporate_number=reading.corporate_number("法人番号"),
        )

    def service_of(self, reading: RowReading) -> Service:
        return Service(
            authority_code=reading.values[AUTHORITY].strip(),
            capacity=reading.capacity("定員"),
            weekdays=reading.weekdays("利用可能曜日"),
            hours="{}",
            remarks=reading.text("利用可能曜日特記事項"),
        )

    def _municipality(self, reading: RowReading) -> str | None:
        """By the code in the first column, which is the city's in this list; else by the names beside it."""
        code = self.places.by_code(reading.values[AUTHORITY].strip())
        if code is None:
            code, ward_unknown = self.places.by_address(reading.values["都道府県名"] + reading.values["市区町村名"])
            if code is None or ward_unknown:
                trouble = Code.MUNICIPALITY if code is None else Code.PARENT_MUNICIPALITY
                reading.warn(trouble, AUTHORITY, reading.values[AUTHORITY])
        return code
