"""サービス担当者会議の要点（第4表）."""

from django.utils import timezone
from django.utils.translation import override

from apps.clients import wareki
from apps.kernel.print import pdf
from apps.records.models import Attendee, Meeting
from apps.records.papers.lines import cells, line_said
from apps.records.queries import Shown

HEAD = ["利用者名", "欄", "年月日", "時刻", "方法", "氏名（所属）", "内容", "記録後の変更"]


def rows(shown: Shown) -> list[list[str]]:
    """The fields of the form in their order; each line of what was discussed keeps day, method and person."""
    meeting, client = shown.record.meeting, shown.record.client.name
    begins = timezone.localtime(meeting.begins_at)
    when = [begins.strftime("%Y/%m/%d"), hours(meeting)]
    here = [
        ("居宅サービス計画作成者", shown.record.planner, ""),
        ("開催場所", "", meeting.venue),
        ("開催回数", "", str(meeting.occasion)),
        *[("会議出席者" if one.is_present else "欠席者（照会）", said(one), "") for one in shown.attendees],
        ("本人の出席", "", attended(meeting)),
        ("家族の出席（続柄）", "", meeting.family),
        ("備考", "", meeting.note),
        ("検討した項目", "", meeting.topics),
    ]
    there = [("結論", "", meeting.conclusion), ("残された課題（次回の開催時期）", "", meeting.remaining)]
    return [
        [client, "開催日時", *when, "", "", "", ""],
        *[[client, field, "", "", "", person, words, ""] for field, person, words in here],
        *[[client, "検討内容", *cells(line)] for line in shown.lines],
        *[[client, field, "", "", "", person, words, ""] for field, person, words in there],
    ]


def hours(meeting: Meeting) -> str:
    begins, ends = timezone.localtime(meeting.begins_at), timezone.localtime(meeting.ends_at)
    return f"{begins:%H:%M}～{ends:%H:%M}"


def said(person: Attendee) -> str:
    return f"{person.post}　{person.name}" if person.name else person.post


def attended(meeting: Meeting) -> str:
    return "出席" if meeting.client_attended else "欠席"


def sheet(shown: Shown) -> bytes:
    record, meeting = shown.record, shown.record.meeting
    with override("ja"):
        told = {
            "client": record.client.name,
            "planner": record.planner,
            "issued": wareki.written(timezone.localdate(record.issued_at)),
            "stamp": f"サービス担当者会議の要点 {record.number}　第{record.version}版",
            "held_on": wareki.written(timezone.localdate(meeting.begins_at)),
            "hours": hours(meeting),
            "venue": meeting.venue,
            "occasion": f"{meeting.occasion}回目",
            "present": [{"post": one.post, "name": one.name} for one in shown.attendees if one.is_present],
            "absent": [said(one) for one in shown.attendees if not one.is_present],
            "client_attended": attended(meeting),
            "family": meeting.family,
            "note": meeting.note,
            "topics": meeting.topics,
            "lines": [line_said(line) for line in shown.lines],
            "conclusion": meeting.conclusion,
            "remaining": meeting.remaining,
        }
    return pdf("records", "meeting", told)
