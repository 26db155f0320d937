"""Entries as a table, Japanese whatever language the auditor's pages speak: UTF-8 with its mark, lines as RFC 4180 ends them."""

import json
from collections.abc import Callable
from datetime import UTC
from typing import IO

from django.utils import timezone
from django.utils.translation import override

from apps.kernel.tables import in_utf8, written
from apps.oversight.models import Export
from apps.oversight.packing.lines import Lines, root_of
from apps.oversight.queries.exports import Sealed, parts_of

HEAD = [
    *("番号", "日時", "日時（UTC）", "氏名", "機関", "役割", "操作", "範囲", "結果", "拒否の理由", "目的", "入口"),
    *("アクセス元", "端末の印", "利用者ID", "対象の種類", "対象ID", "職員ID", "機関ID", "アカウントID"),
    *("操作コード", "目的コード", "内訳", "記録のSHA-256"),
]


def write(export: Export, target: IO[bytes], tell: Callable[[int], None]) -> None:
    """The head, a line for each entry, and a last line with their number and the SHA-256 of everything above it."""
    lines = Lines(target)
    lines.write(in_utf8(written([HEAD])))
    with override("ja"):
        for part in parts_of(export):
            lines.write(written(cells(one) for one in part).encode(), len(part))
            tell(lines.many)
    lines.write(written([last_line(export, lines)]).encode())


def last_line(export: Export, lines: Lines) -> list[object]:
    told = ["件数", lines.many, "この行より上のSHA-256", lines.sha256]
    return [*told, "署名済みの記録", export.sealed, "署名した木の根", root_of(export)]


def cells(one: Sealed) -> list[object]:
    entry, shown = one.entry, one.shown
    ids = [entry.client_id, entry.subject_kind, entry.subject_id, entry.member_id, entry.organization_id, entry.user_id]
    return [
        one.number,
        f"{timezone.localtime(entry.recorded_at):%Y/%m/%d %H:%M:%S}",
        entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        *(shown.who, shown.organization, shown.role, shown.deed, shown.part),
        *(entry.get_outcome_display(), entry.reason, shown.purpose, entry.get_channel_display()),
        *(entry.address or "", entry.agent),
        *("" if one is None else one for one in ids),
        *(entry.verb, entry.purpose),
        json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else "",
        one.hash,
    ]
