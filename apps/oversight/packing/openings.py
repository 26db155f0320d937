"""Who may open what, as a table and as sheets of A4; Japanese whatever language the auditor's pages speak."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from apps.environments.models import Environment, Member
from apps.kernel.print import pdf
from apps.kernel.tables import in_utf8, written
from apps.oversight.queries import Overview
from apps.oversight.queries.changes import Change
from apps.oversight.queries.grounds import Way
from apps.oversight.queries.standings import Standing

HEAD = ["変化", "氏名", "機関", "役割", "利用者", "ふりがな", "理由", "開始", "終了", "同意", "変えた操作"]
# What no row tells of a day that has passed: said wherever such a day is shown.
UNTOLD = (
    "過去の日の内容は、担当、席、同意、緊急の閲覧、所属、役割の期間から組み立てています。"
    "個別に開いた許可は、取り消されると消えるため、取り消された分は含まれません（監査ログには残っています）。"
    "アカウントのロックの有無と、機関の種類の変更も、過去にさかのぼっては分かりません。"
)


@dataclass(frozen=True)
class Line:
    change: str
    standing: Standing
    way: Way | None
    deed: str


def table(overview: Overview) -> bytes:
    with override("ja"):
        return in_utf8(written([HEAD, *(cells(line) for line in lines(overview))]))


def sheets(overview: Overview, environment: Environment, by: Member) -> bytes:
    with override("ja"):
        told = {
            "subject": subject(overview),
            "day": day(overview),
            "by": f"{timezone.localtime():%Y/%m/%d %H:%M}　{by.organization.name}　{by.name}",
            "rows": [cells(line) for line in lines(overview)],
            "of_client": overview.client is not None,
            "changes": overview.against is not None,
            "untold": UNTOLD if overview.is_of_the_past else "",
            "stamp": f"{environment.name}　閲覧できる範囲",
        }
        return pdf("oversight", "openings", told)


def subject(overview: Overview) -> str:
    if overview.client is not None:
        return f"利用者　{overview.client.name}（{overview.client.kana}）"
    person = overview.person
    return f"職員　{person.known_as}　{person.organization.name}" if person is not None else ""


def day(overview: Overview) -> str:
    end = "現在" if overview.on >= timezone.localdate() else f"{overview.on:%Y/%m/%d} の終わり"
    return end if overview.against is None else f"{overview.against:%Y/%m/%d} の終わりから {end} までの変化"


def lines(overview: Overview) -> list[Line]:
    found: list[Line] = []
    for row in overview.rows():
        if isinstance(row, Change):
            deed = (
                f"{row.deed.deed}（{row.deed.who}、{at(row.deed.entry.recorded_at)}）"
                if row.deed
                else "期間の開始・終了"
            )
            found += [Line(row.words, row.standing, way, deed) for way in row.standing.ways or (None,)]
        else:
            found += [Line("", row, way, "") for way in row.ways or (None,)]
    return found


def cells(line: Line) -> list[str]:
    member, client, way = line.standing.member, line.standing.client, line.way
    who = [line.change, member.known_as, member.organization.name, str(member.get_role_display())]
    consents = (
        "、".join(consent_words(one.signed_on, one.reference, one.valid_to) for one in way.consents) if way else ""
    )
    period = [at(way.since), at(way.until)] if way else ["", ""]
    return [*who, client.name, client.kana, way.words if way else "", *period, consents, line.deed]


def consent_words(signed_on: object, reference: str, until: datetime | None) -> str:
    ends = f"～{at(until)}" if until is not None else "～期限なし"
    return f"{signed_on} 署名{ends}{f'（{reference}）' if reference else ''}"


def at(moment: datetime | None) -> str:
    return "" if moment is None else f"{timezone.localtime(moment):%Y/%m/%d %H:%M}"
