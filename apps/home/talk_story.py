"""What the people of the demonstration have done with messages: corrected, deleted, marked, written for later, and which
files they have sent."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.utils import timezone
from PIL import Image, ImageDraw

from apps.environments.models import Member
from apps.home.forward_story import forward_messages
from apps.home.note_story import keep_notes
from apps.home.record_story import put_on_record
from apps.rooms import actions as rooms
from apps.rooms.models import TalkRoom

# (client, number, what it says now): the author has corrected it.
EDITED = (("大野 ハル", 3, "ありがとうございます。明日の朝食は、おかゆに変えて用意します。"),)

# (client, who, what): written into the wrong room and deleted.
REMOVED = (("大野 ハル", "takahashi", "別の方の連絡でした。"),)

# Years for support records and for office matters, and why.
KEPT_FOR = (5, 1, "さくら川市文書管理規程 第32条（支援記録5年、軽易な文書1年）")

# (client, number, who, how): marked for oneself.
MARKED = (
    ("大野 ハル", 5, "sato", "todo"),
    ("大野 ハル", 2, "sato", "bookmark"),
    ("藤田 正雄", 2, "sato", "todo"),
)

# (client, who, up to which message): what they have had on their screens.
READ = (
    ("大野 ハル", "suzuki", 5),
    ("大野 ハル", "takahashi", 3),
    ("大野 ハル", "sato", 4),
    ("藤田 正雄", "sato", 2),
)

# (client, number, who, phrase): answered in a set phrase.
PHRASES = (
    ("大野 ハル", 2, "sato", "seen"),
    ("大野 ハル", 2, "nakamura", "thanks"),
    ("大野 ハル", 2, "tanaka", "thanks"),
    ("大野 ハル", 3, "sato", "helped"),
    ("大野 ハル", 5, "sato", "understood"),
)

# (client, number that is answered, who, what).
ANSWERS = (
    (
        "大野 ハル",
        4,
        "tanaka",
        "@佐藤 花子さん **水曜の15時**で承知しました。会議室を押さえました。次のものをお持ちください。\n- ケアプランの案\n- 訪問看護の報告書\n"
        "ご不明な点は 0198-00-0123 までお電話ください。",
    ),
    ("大野 ハル", 4, "suzuki", "［承知しました］"),
)

# (client, number, whose word is enough, who has confirmed).
ASKED = (("大野 ハル", 4, "organizations", ("suzuki", "kato")),)

# (client, who, what): begun and not sent.
DRAFTS = (("藤田 正雄", "sato", "ご家族から、次回の訪問を午前に変えてほしいと"),)

# (client, number, who needs somebody of which member's organization, who has taken it).
NEEDED = (("大野 ハル", 5, "sato", "sato", ""), ("藤田 正雄", 2, "tanaka", "sato", "sato"))

# (client, who, in how many days at nine, what, whose confirmation it asks for): nobody has it yet but its author.
LATER = (
    ("大野 ハル", "sato", 1, "おはようございます。担当者会議は、水曜の15時から市役所3階で行います。", "organizations"),
)

# (client, who, what, whether a photo goes along, names and texts of further files).
SENT = (
    (
        "大野 ハル",
        "suzuki",
        "玄関の手すりの写真と、来月の提供票です。",
        ("玄関の手すり.jpg",),
        (
            (
                "UPPLAN_202612_0399900017_43_0399900025_13_20261120093000.CSV",
                "1,039999,0000123456,20261120,202612\r\n",
            ),
        ),
    ),
    ("大野 ハル", "takahashi", "ご自宅前に着きました。 geo:39.2868,141.1132", (), ()),
)


def handrail() -> bytes:
    """A drawing that stands for a photo: a wall, a floor, a step and the rail beside it."""
    picture = Image.new("RGB", (1200, 900), (226, 219, 205))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 640, 1200, 900), fill=(150, 118, 88))
    pen.rectangle((420, 560, 1200, 660), fill=(176, 146, 112))
    pen.line((180, 520, 560, 430, 1080, 330), fill=(110, 76, 48), width=26)
    for left, top in ((230, 508), (560, 430), (1010, 344)):
        pen.line((left, top, left, top + 190), fill=(110, 76, 48), width=16)
    buffer = BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


def after_the_talk(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    """Let it be read, confirmed, forwarded, written for later and put on record; the admin says how long deletions last."""
    read_and_confirm(room_of, member)
    forward_messages(room_of, member)
    write_for_later(room_of, member)
    keep_notes(room_of, member)
    put_on_record(room_of, member)
    support_years, office_years, reason = KEPT_FOR
    rooms.set_retention(support_years=support_years, office_years=office_years, reason=reason, by=member("ito"))


def write_for_later(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    for name, login_id, days, body, of in LATER:
        nine = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
        told: dict[str, Any] = {"room": room_of(name), "body": body, "asked_of": of, "client_key": uuid4()}
        rooms.schedule(**told, send_at=nine, by=member(login_id))


def read_and_confirm(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    """Let everybody have read, and have confirmed, what they are said to have."""
    for name, login_id, number in READ:
        rooms.read_up_to(room=room_of(name), number=number, by=member(login_id))
    for name, number, of, people in ASKED:
        written = room_of(name).messages.select_related("author").get(number=number)
        rooms.ask_to_confirm(message=written, of=of, by=written.author)
        for login_id in people:
            rooms.acknowledge(message=written, by=member(login_id))
    for name, number, login_id, body, taker in NEEDED:
        written = room_of(name).messages.get(number=number)
        rooms.need_somebody(message=written, organization=member(body).organization, by=member(login_id))
        if taker:
            rooms.take(message=written, by=member(taker))
