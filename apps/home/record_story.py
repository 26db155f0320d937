"""What the demonstration's people have put on record: lines of a support record, and the summary of a meeting."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from apps.environments.models import Member
from apps.records import queries
from apps.records.actions import Held, Line, Person, ask_for_disclosure, issue_record
from apps.rooms.models import TalkRoom

# (client, who, numbers): put into the client's official record.
RECORDED = (("大野 ハル", "sato", (1, 2, 3)),)

# (client, who, numbers, days ago, where, topics, conclusion, what remains, who was asked in writing).
MEETINGS = (
    (
        "大野 ハル",
        "sato",
        (2, 3),
        1,
        "さくら川市役所 3階会議室",
        "1. 服薬と食事の見直し\n2. 訪問の回数",
        "朝食をやわらかいものに変え、訪問看護で体重と血圧を毎週確認する。",
        "体重の推移を見て、1か月後に再度検討する。",
        "福祉用具の担当者",
    ),
)


# (client, who, on what ground, its reference, to whom): the whole room, packed by the worker.
HANDED_OVER = (("大野 ハル", "sato", "person_of_office", "ひだまり開示 第3号", "大野 ハル 様"),)


def put_on_record(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    """Let what was said be on the client's official record as well, and the room be asked for by its client."""
    for name, login_id, numbers in RECORDED:
        room, by = room_of(name), member(login_id)
        issue_record(room=room, planner=by.name, lines=lines_of(room, by, numbers), by=by)
    for name, login_id, discussed, days, *said in MEETINGS:
        room, by = room_of(name), member(login_id)
        meeting = held(room, by, days, *said)
        issue_record(room=room, planner=by.name, lines=lines_of(room, by, discussed), meeting=meeting, by=by)
    for name, login_id, ground, reference, addressee in HANDED_OVER:
        why = {"ground": ground, "reference": reference, "addressee": addressee}
        ask_for_disclosure(room=room_of(name), **why, by=member(login_id))


def lines_of(room: TalkRoom, by: Member, numbers: Iterable[int]) -> list[Line]:
    chosen = queries.messages_chosen(by, room, numbers)
    return [Line(**one) for one in queries.drafted(by, room, chosen)]


def held(
    room: TalkRoom, by: Member, days: int, venue: str, topics: str, conclusion: str, remaining: str, asked: str
) -> Held:
    begins = timezone.localtime().replace(hour=15, minute=0, second=0, microsecond=0) - timedelta(days=days)
    here = [Person(one["post"], one["name"], True) for one in queries.people_proposed(by, room)]
    return Held(
        begins_at=begins,
        ends_at=begins + timedelta(hours=1),
        venue=venue,
        occasion=1,
        client_attended=True,
        family="",
        note="",
        topics=topics,
        conclusion=conclusion,
        remaining=remaining,
        people=(*here, Person(asked, "", False)),
    )
