"""居宅介護支援経過（第5表）."""

from django.utils import timezone
from django.utils.translation import override

from apps.clients import wareki
from apps.kernel.print import pdf
from apps.records.papers.lines import cells, line_said
from apps.records.queries import Shown

HEAD = ["利用者名", "年月日", "時刻", "項目", "氏名（事業所）", "内容", "記録後の変更"]


def rows(shown: Shown) -> list[list[str]]:
    return [[shown.record.client.name, *cells(line)] for line in shown.lines]


def sheet(shown: Shown) -> bytes:
    record = shown.record
    with override("ja"):
        told = {
            "client": record.client.name,
            "planner": record.planner,
            "issued": wareki.written(timezone.localdate(record.issued_at)),
            "stamp": f"支援経過 {record.number}　第{record.version}版",
            "lines": [line_said(line) for line in shown.lines],
        }
    return pdf("records", "progress", told)
