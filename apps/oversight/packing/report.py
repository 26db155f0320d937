"""Entries as a report to be read, printed and handed on: A4, Japanese, and signed."""

import hashlib
from collections.abc import Callable
from typing import IO
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from apps.audit.models import Channel, Outcome
from apps.clients.access import clients_to_inspect
from apps.environments.models import Member, Organization
from apps.kernel.print import pdf
from apps.oversight import wording
from apps.oversight.kinds import Area, Kind
from apps.oversight.models import Export
from apps.oversight.packing.lines import root_of
from apps.oversight.packing.signing import fingerprint_of, have_a_key, signed
from apps.oversight.queries.exports import Sealed, parts_of


def write(export: Export, target: IO[bytes], tell: Callable[[int], None]) -> None:
    """One PDF. A report is made as a whole: how long it may be is decided before it is asked for."""
    rows: list[dict[str, str]] = []
    seals = hashlib.sha256()
    with override("ja"):
        for part in parts_of(export):
            rows += [row(one, names_client="client" not in export.asked) for one in part]
            seals.update(b"".join(bytes.fromhex(one.hash) for one in part))
            tell(len(rows))
        told = {"facts": facts(export, len(rows)), "proof": proof(export, seals.hexdigest()), "rows": rows}
        environment = export.asked_by.environment
        content = pdf("oversight", "report", {**told, "stamp": f"{environment.name}　監査ログ報告書"})
    target.write(signed(content, environment))


def facts(export: Export, many: int) -> list[list[str]]:
    asker = export.asked_by
    return [
        ["期間", f"{export.since:%Y/%m/%d} ～ {export.until:%Y/%m/%d}"],
        *question(export),
        ["件数", f"{many:,} 件（該当するすべての記録）"],
        ["作成", f"{timezone.localtime(export.asked_at):%Y/%m/%d %H:%M}　{asker.organization.name}　{asker.name}"],
    ]


def question(export: Export) -> list[list[str]]:
    """What was asked, in words; who is asked about is named."""
    asked, told = export.asked, []
    if client := clients_to_inspect(export.asked_by).filter(pk__in=ids(asked.get("client"))).first():
        told.append(["利用者", f"{client.name}（{client.kana}）"])
    if person := Member.objects.select_related("organization").filter(pk__in=ids(asked.get("person"))).first():
        told.append(["職員", f"{person.known_as}　{person.organization.name}"])
    if body := Organization.objects.filter(pk__in=ids(asked.get("organization"))).first():
        told.append(["機関", body.name])
    labels = {
        "area": ("対象", Area),
        "kind": ("操作", Kind),
        "outcome": ("結果", Outcome),
        "channel": ("入口", Channel),
    }
    told += [[word, str(choices(asked[name]).label)] for name, (word, choices) in labels.items() if name in asked]
    if "purpose" in asked:
        told.append(["目的", wording.purpose(asked["purpose"])])
    plain = {"address": "アクセス元", "agent": "端末の印"}
    return told + [[word, asked[name]] for name, word in plain.items() if name in asked]


def ids(text: str | None) -> list[UUID]:
    return [UUID(text)] if text else []


def proof(export: Export, seals: str) -> list[list[str]]:
    """By what it can be checked that the entries are those of the ledger, and that the report is this one."""
    key = have_a_key(export.asked_by.environment)
    return [
        ["封印済みの記録", f"{export.sealed:,} 件目まで"],
        ["署名した木の根", root_of(export) or "（署名されていません）"],
        ["載せた記録のSHA-256", seals],
        ["証明書の指紋", fingerprint_of(key)],
    ]


def row(one: Sealed, *, names_client: bool) -> dict[str, str]:
    """Where one client was asked about, their name stands at the head; otherwise each entry bears the client's sign."""
    entry, shown = one.entry, one.shown
    refused = "（拒否）" if entry.outcome == Outcome.REFUSED else ""
    return {
        "number": str(one.number),
        "at": f"{timezone.localtime(entry.recorded_at):%Y/%m/%d %H:%M:%S}",
        "who": shown.who or "（システム、またはログインしていない人）",
        "office": shown.organization,
        "role": shown.role,
        "deed": f"{shown.deed}{refused}",
        "part": shown.part,
        "client": f"利用者 {str(entry.client_id)[:8]}" if names_client and entry.client_id else "",
        "purpose": shown.purpose,
        "channel": str(entry.get_channel_display()),
        "address": entry.address or "",
    }
