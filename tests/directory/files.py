"""Files in the exact layouts of the publishers, filled with invented offices."""

import csv
import io
from pathlib import Path

KAIGO_HEADER = [
    "都道府県コード又は市町村コード",
    "No",
    "都道府県名",
    "市区町村名",
    "事業所名",
    "事業所名カナ",
    "サービスの種類",
    "住所",
    "方書（ビル名等）",
    "緯度",
    "経度",
    "電話番号",
    "FAX番号",
    "法人番号",
    "法人の名称",
    "事業所番号",
    "利用可能曜日",
    "利用可能曜日特記事項",
    "定員",
    "URL",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス",
    "介護保険の通常の指定基準を満たしている",
    "障害福祉の通常の指定基準を満たしている",
    "備考",
]
SHOGAI_HEADER = [
    "都道府県コード又は市区町村コード",
    "NO（※システム内の固有の番号、連番）",
    "指定機関名",
    "法人の名称",
    "法人の名称_かな",
    "法人番号",
    "法人住所（市区町村）",
    "法人住所（番地以降）",
    "法人電話番号",
    "法人FAX番号",
    "法人URL",
    "サービス種別",
    "事業所の名称",
    "事業所の名称_かな",
    "事業所番号",
    "事業所住所（市区町村）",
    "事業所住所（番地以降）",
    "事業所電話番号",
    "事業所FAX番号",
    "事業所URL",
    "事業所緯度",
    "事業所経度",
    "利用可能な時間帯（平日）",
    "利用可能な時間帯（土曜）",
    "利用可能な時間帯（日曜）",
    "利用可能な時間帯（祝日）",
    "定休日",
    "利用可能曜日特記事項（留意事項）",
    "定員",
]
LEADING = "サービス種類コード(ファイル名由来)"
HOLIDAY_HEADER = ["国民の祝日・休日月日", "国民の祝日・休日名称"]
MUNICIPALITY_HEADER = ["pid", "pref", "cid", "city", "citykana", "lat", "lng", "url", "phrase", "lgcode"]

KAIGO = {
    "都道府県コード又は市町村コード": "032069",
    "No": "0370600017",
    "都道府県名": "岩手県",
    "市区町村名": "北上市",
    "事業所名": "さくらケアプランセンター",
    "事業所名カナ": "サクラケアプランセンター",
    "サービスの種類": "居宅介護支援",
    "住所": "岩手県北上市架空町1-1",
    "緯度": "39.286",
    "経度": "141.113",
    "電話番号": "0197-00-0001",
    "FAX番号": "0197-00-0002",
    "法人番号": "1020001136162",
    "法人の名称": "株式会社さくら",
    "事業所番号": "0370600017",
    "利用可能曜日": "平日,土曜日",
    "定員": "0",
    "URL": "https://sakura.example/",
}
SHOGAI = {
    "都道府県コード又は市区町村コード": "03000",
    "指定機関名": "岩手県",
    "法人の名称": "社会福祉法人みどり会",
    "法人番号": "1020001136162",
    "サービス種別": "児童発達支援",
    "事業所の名称": "こどもの森",
    "事業所の名称_かな": "こどものもり",
    "事業所番号": "0350600060",
    "事業所住所（市区町村）": "岩手県北上市",
    "事業所住所（番地以降）": "架空町2-2",
    "事業所電話番号": "0197-00-0003",
    "事業所緯度": "39.286",
    "事業所経度": "141.113",
    "利用可能な時間帯（平日）": "09:00-18:00",
    "定休日": "日曜日",
    "定員": "10",
}


def kaigo(folder: Path, *rows: dict[str, str], name: str = "jigyosho_430.csv", **how: object) -> Path:
    """A long-term care file; each row is the usual one with other values."""
    return written(folder / name, KAIGO_HEADER, [KAIGO | row for row in rows], **how)


def shogai(folder: Path, *rows: dict[str, str], name: str = "csvdownload063.csv", **how: object) -> Path:
    return written(folder / name, SHOGAI_HEADER, [SHOGAI | row for row in rows], **how)


def holidays(folder: Path, *days: tuple[str, str], **how: object) -> Path:
    rows = [dict(zip(HOLIDAY_HEADER, day, strict=True)) for day in days]
    return written(folder / "syukujitsu.csv", HOLIDAY_HEADER, rows, **{"encoding": "cp932", **how})


def municipalities(folder: Path, *rows: dict[str, str], **how: object) -> Path:
    return written(folder / "localgovjp-utf8.csv", MUNICIPALITY_HEADER, list(rows), **how)


def written(
    path: Path,
    header: list[str],
    rows: list[dict[str, str]],
    *,
    encoding: str = "utf-8-sig",
    leading: str | None = None,
    without: str | None = None,
    extra: str | None = None,
) -> Path:
    """The file on disk: `leading` puts the column with the kind in front, `without` and `extra` spoil the header."""
    columns = [LEADING] * (leading is not None) + [name for name in header if name != without] + [extra] * bool(extra)
    text = io.StringIO()
    sheet = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows({LEADING: leading or "", **row} for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


# Office numbers whose check digits fit, of two prefectures.
NUMBERS = ["0370600017", "0370600025", "0370600033", "0370600041"]
TARUMIZU = {
    "都道府県コード又は市町村コード": "462144",
    "都道府県名": "鹿児島県",
    "市区町村名": "垂水市",
    "事業所番号": "4671400168",
    "事業所名": "たるみずケアプラン",
    "事業所名カナ": "タルミズケアプラン",
}
