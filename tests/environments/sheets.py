"""Files as offices send them."""

import io
import zipfile

from openpyxl import Workbook

HEADER = ["氏名", "ふりがな", "所属", "職種", "権限", "ログインID"]
YAMAMOTO = ["山本 由美", "やまもと ゆみ", "あおぞら訪問看護ステーション", "nurse", "member", "aozora-1"]
KIMURA = ["木村 徹", "キムラ トオル", "ひだまりケアプラン", "", "", ""]


def csv_of(*rows, encoding="utf-8-sig", end="\r\n", delimiter=","):
    return end.join(delimiter.join(row) for row in (HEADER, *rows)).encode(encoding)


def excel_of(*rows, header=HEADER, change=lambda sheet: None):
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    change(book.active)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def package_of(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return kept.getvalue()
