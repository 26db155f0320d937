"""Whatever is found is shown to who looks for it, and whatever is shown and says the words is found: in messages, in the
names of their files and in notes, new or taken in, edited or removed, in all rooms or narrowed, from ones time in a room on."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.kernel.folding import fold
from apps.notes.access import notes_readable_by, with_newest
from apps.rooms import actions, queries
from apps.rooms.access import message_for, messages_readable_by, rooms_readable_by
from apps.rooms.models import Attachment, RoomMembership
from apps.rooms.queries import Sought
from tests import makers
from tests.files.makers import make_file
from tests.notes.makers import make_note
from tests.saying import say, written_days_ago

LETTERS = "あアｱいイ高髙橋𣘺がか薬 Aａ"
PEOPLE = ("sato", "suzuki")
# Who is in neither room looks as well.
READERS = (*PEOPLE, "takahashi", "ito")

texts = st.text(LETTERS, min_size=1, max_size=8).filter(lambda text: fold(text).split())
words = st.text(LETTERS, min_size=1, max_size=3).filter(lambda text: fold(text).split())


@dataclass(frozen=True)
class Step:
    """Something that comes into a room, what becomes of it, and what happens then."""

    room: int
    author: str
    text: str
    kind: str
    fate: str
    is_taken_in: bool
    days_pass: int


steps = st.builds(
    Step,
    room=st.integers(0, 1),
    author=st.sampled_from(PEOPLE),
    text=texts,
    kind=st.sampled_from(["message", "message", "file", "note"]),
    fate=st.sampled_from(["stays", "stays", "edited", "removed"]),
    is_taken_in=st.booleans(),
    days_pass=st.integers(0, 1),
)


def test_what_is_found_is_shown_and_what_is_shown_is_found(cast, monkeypatch):
    rooms = (cast.room, makers.make_room(members=[cast.sato, cast.suzuki], title="相談"))
    monkeypatch.setattr("apps.rooms.queries.searching.PAGE", 1_000)
    monkeypatch.setattr("apps.notes.queries.searching.MOST", 1_000)

    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(steps, min_size=1, max_size=5), st.lists(words, min_size=1, max_size=3), st.sampled_from([None, 0, 1])
    )
    def same(told, asked, days_shown):
        for step in told:
            take(cast, rooms[step.room], step)
        since = None if days_shown is None else timezone.now() - timedelta(days=days_shown, hours=12)
        RoomMembership.objects.filter(member=cast.suzuki, room=rooms[0]).update(history_from=since)
        for typed in asked:
            for person in READERS:
                for narrowed in ({}, {"room": rooms[0].pk}, {"author": cast.suzuki.pk}):
                    page = queries.messages_found(cast[person], Sought(typed, **narrowed))
                    said = {(one.message.room_id, one.message.number) for one in page.hits}
                    noted = {(one.room.pk, one.number) for one in page.notes}
                    assert said == messages_saying(cast[person], typed, **narrowed)
                    assert noted == notes_saying(cast[person], typed, **narrowed)

    same()


def take(cast, room, step):
    author = cast[step.author]
    if step.kind == "note":
        make_note(room, by=author, title="予定", body=step.text)
    elif step.kind == "file":
        file = make_file(author, name=f"{step.text.strip()}.txt")
        actions.post(room=room, body="", files=[file.pk], client_key=uuid4(), by=author)
    else:
        say(room, author, step.text)
    if step.is_taken_in:
        actions.take_all_into_search()
    if step.kind != "note" and step.fate != "stays":
        message = message_for(author, room.pk, messages_readable_by(author, room).order_by("-number")[0].number)
        if step.fate == "removed":
            actions.remove_message(message=message, by=author)
        else:
            actions.edit(message=message, body=f"{step.text}薬", by=author)
    if step.days_pass:
        written_days_ago(step.days_pass)


def says(typed, *told):
    whole = "\n".join(fold(one).replace(" ", "") for one in told)
    return all(word in whole for word in fold(typed).split())


def looked_through(member, room):
    return [one for one in rooms_readable_by(member) if room in (None, one.pk)]


def messages_saying(member, typed, room=None, author=None):
    return {
        (one.pk, message.number)
        for one in looked_through(member, room)
        for message in messages_readable_by(member, one).filter(removed_at=None)
        if author in (None, message.author_id)
        and says(typed, message.body, *Attachment.objects.filter(message=message).values_list("file__name", flat=True))
    }


def notes_saying(member, typed, room=None, author=None):
    return {
        (one.pk, note.number)
        for one in looked_through(member, room)
        for note in with_newest(notes_readable_by(member, one))
        if author in (None, note.newest.written_by_id) and says(typed, note.newest.title, note.newest.body)
    }
