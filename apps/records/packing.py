"""A room to be handed over: one ZIP with sheets to be read, tables for programs, and the files themselves.

Everything in it is Japanese, whatever language the reader's pages speak.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from shutil import copyfileobj
from typing import IO

from django.utils import timezone
from django.utils.translation import override

from apps.clients import wareki
from apps.environments.models import Member
from apps.files.queries import opened
from apps.files.refusals import FileLost
from apps.kernel.print import pdf
from apps.kernel.tables import in_cp932, in_utf8, unwritable_in, written
from apps.notes.models import Note, NoteVersion
from apps.records.models import Disclosure
from apps.records.queries.disclosures import Told, everything_said, marks_told, notes_told, times_ever
from apps.rooms.models import Attachment

# What no file system takes in a name.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
HEADS = {
    "参加者": ["氏名", "機関", "役割", "参加の開始", "参加の終了", "閲覧できる範囲の開始"],
    "メッセージ": [
        "番号",
        "年月日",
        "時刻",
        "氏名",
        "機関",
        "本文",
        "返信先の番号",
        "編集日時",
        "削除日時",
        "削除した人",
        "ファイル数",
    ],
    "編集履歴": ["メッセージの番号", "記入日時", "変更日時", "変更前の本文"],
    "ファイル": ["メッセージの番号", "ファイル名", "大きさ（バイト）", "SHA-256", "収録"],
    "既読": ["氏名", "機関", "既読の番号"],
    "確認": ["メッセージの番号", "氏名", "機関", "確認日時"],
    "ノート": ["番号", "版", "記入日時", "氏名", "機関", "記入の方法", "題名", "本文", "変更の内容", "保管の日時"],
    "ノートのタスク": ["ノートの番号", "番号", "内容", "担当", "期限", "作成日時", "完了日時", "完了した人"],
}
# Tables that are not there when nothing stands in them.
LEFT_OUT = ["既読", "ノート", "ノートのタスク"]
REMOVED = "（このメッセージは削除されました。）"
GONE = "（保存期間が終了したため、保存していません。）"


@dataclass
class Tables:
    """The rows of each table, as they come together."""

    rows: dict[str, list[list[str]]] = field(default_factory=lambda: {name: [] for name in HEADS})

    def add(self, name: str, *cells: object) -> None:
        self.rows[name].append([str(cell) for cell in cells])


def pack(disclosure: Disclosure, target: IO[bytes], tell: Callable[[int], None]) -> int:
    """Write the package, say after each step how many messages are in it, and return how many files it holds."""
    room, tables = disclosure.room, Tables()
    for time in times_ever(room):
        with override("ja"):
            role = str(time.get_role_display())
        shown = at(time.history_from) or "すべて"
        tables.add("参加者", *who(time.member), role, at(time.valid_from), at(time.valid_to), shown)

    for mark in marks_told(disclosure.asked_by, room):
        tables.add("既読", *who(mark.member), mark.number)

    held = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        for volume, messages in enumerate(everything_said(room, disclosure.of), start=1):
            held += sum(put(box, tables, one) for one in messages)
            box.writestr(f"トークルーム記録_{volume:02}.pdf", sheet(disclosure, tables, messages, volume))
            tell(messages[-1].message.number)
        if not tables.rows["メッセージ"]:
            box.writestr("トークルーム記録_01.pdf", sheet(disclosure, tables, [], 1))
        put_notes(box, disclosure, tables)
        put_tables(box, tables)
    return held


def put(box: zipfile.ZipFile, tables: Tables, told: Told) -> int:
    """The rows of one message, and its files themselves where they are ready: how many these were."""
    message, held = told.message, 0
    posted = timezone.localtime(message.posted_at)
    body = REMOVED if message.is_removed else message.body
    remover = "" if message.removed_by is None else message.removed_by.name
    moments = (message.answers or "", at(message.edited_at), at(message.removed_at), remover, len(told.files))
    when = (f"{posted:%Y/%m/%d}", f"{posted:%H:%M:%S}")
    tables.add("メッセージ", message.number, *when, *who(message.author), body, *moments)
    for version in told.versions:
        said = version.body if version.retention_ended_on is None else GONE
        tables.add("編集履歴", message.number, at(version.written_at), at(version.replaced_at), said)
    for one in told.confirmed:
        tables.add("確認", message.number, *who(one.member), at(one.acknowledged_at))
    for attachment in told.files:
        is_held = put_file(box, message.number, attachment)
        held += is_held
        file = attachment.file
        state = "あり" if is_held else "なし（確認中、または保存されなかったもの）"
        tables.add("ファイル", message.number, file.name, file.size, file.sha256, state)
    return held


def put_file(box: zipfile.ZipFile, number: int, attachment: Attachment) -> bool:
    """Whether it could be read: it was looked at, and its bytes are there."""
    file = attachment.file
    if not file.is_ready:
        return False
    try:
        source = opened(file)
    except FileLost:
        return False
    name = f"ファイル/{number:06}-{attachment.place:02}_{FORBIDDEN.sub('_', file.name)}"
    with source, box.open(name, "w", force_zip64=True) as place:
        copyfileobj(source, place)
    return True


def put_notes(box: zipfile.ZipFile, disclosure: Disclosure, tables: Tables) -> None:
    """The notes with their versions and tasks as rows, and a sheet of what each says last; nothing where there are none."""
    notes = notes_told(disclosure.room, disclosure.asked_at)
    for note in notes:
        for one in note.versions.all():
            tables.add(
                "ノート", note.number, one.number, at(one.written_at), *who(one.written_by), *note_said(note, one)
            )
        for task in note.tasks.all():
            done = (at(task.done_at), task.done_by.name if task.done_by else "")
            about = (task.text, task.owner.name if task.owner else "", task.due_on or "", at(task.made_at))
            tables.add("ノートのタスク", note.number, task.number, *about, *done)
    if notes:
        told = [note_line(note) for note in notes]
        box.writestr("ノート.pdf", pdf("records", "notes", {"notes": told, "stamp": stamp(disclosure, "ノート")}))


def note_said(note: Note, version: NoteVersion) -> tuple[str, ...]:
    with override("ja"):
        kind = str(version.get_kind_display())
    return kind, version.title, version.body, version.reason, at(note.archived_at)


def note_line(note: Note) -> dict[str, object]:
    versions = list(note.versions.all())
    newest, tasks = versions[-1], [f"{'済' if one.is_done else '未'}　{one.text}" for one in note.tasks.all()]
    written = f"{at(newest.written_at)}　{'　'.join(who(newest.written_by))}　第{newest.number}版"
    return {"number": note.number, "title": newest.title, "body": newest.body, "written": written, "tasks": tasks}


def stamp(disclosure: Disclosure, part: str) -> str:
    return f"{disclosure.addressee}　{disclosure.reference}　{part}"


def put_tables(box: zipfile.ZipFile, tables: Tables) -> None:
    missing: dict[str, None] = {}
    for name, head in HEADS.items():
        if name in LEFT_OUT and not tables.rows[name]:
            continue
        text = written([head, *tables.rows[name]])
        missing |= dict.fromkeys(unwritable_in(text))
        box.writestr(f"CSV（UTF-8）/{name}.csv", in_utf8(text))
        box.writestr(f"CSV（Shift_JIS）/{name}.csv", in_cp932(text))
    if missing:
        said = f"次の文字は Shift_JIS にないため、「〓」に置き換えました。元の文字は UTF-8 の表にあります。\r\n{''.join(missing)}\r\n"
        box.writestr("CSV（Shift_JIS）/置き換えた文字.txt", in_utf8(said))


def sheet(disclosure: Disclosure, tables: Tables, messages: list[Told], volume: int) -> bytes:
    """A4: the first volume begins with what was asked and who was in the room."""
    room = disclosure.room
    with override("ja"):
        head = {
            "title": room.title or (room.client.name if room.client else ""),
            "purpose": room.purpose,
            "client": room.client.name if room.client else "",
            "kind": str(room.get_kind_display()),
            "ground": str(disclosure.get_ground_display()),
            "reference": disclosure.reference,
            "addressee": disclosure.addressee,
            "by": "　".join(who(disclosure.asked_by)[::-1]),
            "day": wareki.written(timezone.localdate(disclosure.asked_at)),
            "opened": at(room.opened_at),
            "count": disclosure.of,
        }
    people = tables.rows["参加者"] if volume == 1 else []
    told = {"head": head, "people": people, "messages": [line(one) for one in messages]}
    return pdf("records", "disclosure", {**told, "volume": volume, "stamp": stamp(disclosure, f"第{volume}分冊")})


def line(told: Told) -> dict[str, object]:
    message = told.message
    name, organization = who(message.author)
    notes = []
    if message.answers:
        notes.append(f"{message.answers} への返信")
    notes += [f"{at(one.replaced_at)} まで：{one.body or GONE}" for one in told.versions]
    notes += [f"ファイル：{one.file.name}（{one.file.size:,} バイト）" for one in told.files]
    if told.confirmed:
        confirmed = "、".join(f"{one.member.name}（{at(one.acknowledged_at)}）" for one in told.confirmed)
        notes.append(f"確認：{confirmed}")
    if message.removed_by is not None:
        notes.append(f"{at(message.removed_at)} に {message.removed_by.name} が削除")
    return {
        "number": message.number,
        "at": at(message.posted_at),
        "name": name,
        "organization": organization,
        "body": REMOVED if message.is_removed else message.body,
        "notes": notes,
    }


def who(member: Member) -> tuple[str, str]:
    return member.name, member.organization.name


def at(moment: datetime | None) -> str:
    return "" if moment is None else f"{timezone.localtime(moment):%Y/%m/%d %H:%M}"
