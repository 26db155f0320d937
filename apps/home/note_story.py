"""The notes of the demonstration: a week's schedule with what is to be done, and the minutes of a meeting."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from apps.environments.models import Member
from apps.notes import actions as notes
from apps.rooms.models import TalkRoom

# (client, who, title, text, who has ticked which line, whether it is pinned,
#  tasks: what, who has it, in how many days it is due, whether it is done).
NOTES = (
    (
        "大野 ハル",
        "sato",
        "今週の予定",
        "| 曜日 | 時間 | サービス | 担当 |\n"
        "| 月 | 10:00 | 訪問看護 | 鈴木 |\n"
        "| 水 | 15:00 | 担当者会議（市役所3階） | 全員 |\n"
        "| 金 | 9:30 | 訪問介護 | 髙𣘺 |\n"
        "\n"
        "# 会議までにすること\n"
        "- [ ] ケアプランの案を配る\n"
        "- [ ] 訪問看護の報告書をまとめる\n"
        "- [ ] ご長女に時間を知らせる\n"
        "\n"
        "変更は **前日の17時まで** に書き込んでください。",
        (("suzuki", 2),),
        True,
        (
            ("ケアプランの案を配る", "sato", 2, False),
            ("主治医に浮腫の経過を伝える", "suzuki", -1, False),
            ("会議室を予約する", "tanaka", 0, True),
        ),
    ),
    (
        "藤田 正雄",
        "sato",
        "引継ぎのメモ",
        "# いまの状況\n- 食事は おかゆ が中心です\n- 夜間の見守りを週2回に増やしました\n\n"
        "# 気をつけること\n- 玄関の段差で転びやすいです",
        (),
        False,
        (),
    ),
)


def keep_notes(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    """Write them, and let be done what is said to have been done."""
    for name, login_id, title, body, ticks, is_pinned, tasks in NOTES:
        by = member(login_id)
        note = notes.begin_note(room=room_of(name), title=title, body=body, by=by)
        for ticker, item in ticks:
            notes.tick(note=note, seen=1, item=item, is_done=True, by=member(ticker))
        if is_pinned:
            notes.pin_note(note=note, by=by)
        for text, owner, days, is_done in tasks:
            due = timezone.localdate() + timedelta(days=days)
            task = notes.add_task(note=note, text=text, owner=member(owner), due_on=due, by=by)
            if is_done:
                notes.finish_task(task=task, by=member(owner))
