"""Lists of clients as divisions send them."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.clients.addresses import address
from tests.environments.sheets import excel_of

HEADER = ["氏名", "フリガナ", "生年月日", "地区", "学校区"]
ABE = ["阿部　一郎", "ｱﾍﾞ ｲﾁﾛｳ", "S15.5.5", "黒沢尻", ""]
BABA = ["馬場 ミツ", "ばば みつ", "昭和12年1月2日", "江釣子", ""]
CHIBA = ["千葉 あおい", "チバ アオイ", "2018/4/1", "", "さくら小"]


def csv_of(*rows, header=HEADER, encoding="utf-8-sig"):
    return "\r\n".join(",".join(row) for row in (header, *rows)).encode(encoding)


def workbook_of(*rows, header=HEADER):
    return excel_of(*rows, header=header)


def upload(browser, cast, content, name="list.csv"):
    return browser.post(address("imports", cast), {"sheet": SimpleUploadedFile(name, content)})


def carried(answer):
    """What the preview's page carries to the next step: the sealed list and its columns."""
    page = answer.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def confirm(browser, cast, content):
    """Upload and confirm: the answer of the last step."""
    return browser.post(address("import_confirmed", cast), carried(upload(browser, cast, content)))
