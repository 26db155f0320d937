"""The pages and endpoints by which rooms are opened and people let in, without a script and with one."""

import pytest

from apps.rooms import actions
from apps.rooms.models import RoomMembership, TalkRoom

URL = "/e/sakuragawa-care/rooms/"
API = "/api/v1/e/sakuragawa-care/rooms/"
FRAGMENT = {"HX-Request": "true"}


def test_a_theme_room_is_opened_step_by_step_without_a_script(cast, browser_of):
    browser = browser_of(cast.sato)
    typed = {"title": "事業所連絡会", "purpose": "日程", "classification": "support_record"}

    looked = browser.post(f"{URL}new/?kind=group", {**typed, "q": "たかはし", "find": "1"}).content.decode()
    assert cast.takahashi.name in looked
    assert cast.tanaka.name not in looked
    assert 'value="事業所連絡会"' in looked

    kept = browser.post(
        f"{URL}new/?kind=group", {**typed, "q": "たなか", "members": [cast.takahashi.pk], "find": "1"}
    ).content.decode()
    assert f'type="hidden" name="members" value="{cast.takahashi.pk}"' in kept

    both = {**typed, "members": [cast.takahashi.pk, cast.tanaka.pk]}
    answer = browser.post(f"{URL}new/?kind=group", both)
    room = TalkRoom.objects.get(kind="group")
    assert answer["Location"] == f"{URL}{room.pk}/"
    assert room.classification == "support_record"
    assert RoomMembership.objects.filter(room=room).count() == 3


def test_whoever_was_chosen_is_taken_off_again(cast, browser_of):
    sent = {"members": [cast.takahashi.pk, cast.tanaka.pk], "drop": str(cast.tanaka.pk)}

    page = browser_of(cast.sato).post(f"{URL}new/?kind=group", sent, headers=FRAGMENT).content.decode()

    assert page.count('class="picked-person"') == 1
    assert "<html" not in page


def test_a_room_without_a_title_comes_back_with_whom_one_had_chosen(cast, browser_of):
    answer = browser_of(cast.sato).post(f"{URL}new/?kind=announcement", {"members": [cast.takahashi.pk]})

    assert answer.status_code == 422
    assert f'value="{cast.takahashi.pk}" checked' in answer.content.decode()
    assert not TalkRoom.objects.filter(kind="announcement").exists()


def test_one_press_on_a_person_opens_the_talk_of_two(cast, browser_of):
    browser = browser_of(cast.sato)

    first = browser.post(f"{URL}new/?kind=pair", {"member": cast.suzuki.pk})
    again = browser.post(f"{URL}new/?kind=pair", {"member": cast.suzuki.pk})

    assert first["Location"] == again["Location"] == f"{URL}{TalkRoom.objects.get(kind='pair').pk}/"


def test_a_guest_is_offered_a_talk_of_two_only_and_only_with_whom_they_met(cast, browser_of):
    cast.room.memberships.all()
    actions.open_room(
        kind="group",
        title="相談",
        purpose="",
        classification="office_matter",
        members=[cast.matsumoto],
        by=cast.sato,
    )

    page = browser_of(cast.matsumoto).get(f"{URL}new/?kind=group").content.decode()

    assert "kind=announcement" not in page
    assert cast.sato.name in page
    assert cast.takahashi.name not in page
    assert browser_of(cast.matsumoto).post(f"{URL}new/", {"member": cast.takahashi.pk}).status_code == 404


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ({"history": "nothing"}, "参加した"),
        ({"history": "date", "history_from": "2026-04-01"}, "2026年4月1日"),
        ({"history": "everything"}, "すべて"),
    ],
)
def test_the_people_page_says_from_when_on_somebody_reads(cast, browser_of, history, words):
    sent = {"members": [cast.tanaka.pk], "reason": "窓口担当", **history}
    browser = browser_of(cast.sato)
    assert browser.post(f"{URL}{cast.room.pk}/people/", sent).status_code == 302

    page = browser.get(f"{URL}{cast.room.pk}/people/").content.decode()

    row = page[page.index(cast.tanaka.name) :]
    assert words in row[: row.index("</li>")]


def test_an_owner_says_who_writes_announcements(cast, browser_of):
    room = actions.open_room(
        kind="announcement",
        title="お知らせ",
        purpose="",
        classification="office_matter",
        members=[cast.sato],
        by=cast.tanaka,
    )
    address = f"{URL}{room.pk}/people/{cast.sato.pk}/role/"

    assert browser_of(cast.sato).get(address).status_code == 403
    assert browser_of(cast.tanaka).post(address, {"role": "writer"}).status_code == 302
    assert browser_of(cast.tanaka).post(address, {"role": "emperor"}).status_code == 422
    assert RoomMembership.objects.get(room=room, member=cast.sato).role == "writer"


def test_a_program_opens_rooms_of_every_kind_and_says_who_is_in_them(cast, browser_of):
    browser = browser_of(cast.sato)

    def send(path, **body):
        return browser.post(f"{API}{path}", body, content_type="application/json")

    for body in (
        {"kind": "client", "client": str(cast.hana.pk), "title": "別室"},
        {"kind": "pair", "members": [str(cast.suzuki.pk)]},
        {"kind": "group", "title": "連絡会", "members": [str(cast.suzuki.pk)]},
        {"kind": "announcement", "title": "お知らせ"},
    ):
        answer = send("", **body)
        assert answer.status_code == 201, answer.content
        assert answer.json()["kind"] == body["kind"]
    room = TalkRoom.objects.get(kind="group")
    said = {"members": [str(cast.tanaka.pk)], "history_from": None, "reason": "窓口担当"}
    people = send(f"{room.pk}/people/", **said).json()
    assert {one["id"]: one["role"] for one in people} == {
        str(cast.sato.pk): "owner",
        str(cast.suzuki.pk): "writer",
        str(cast.tanaka.pk): "writer",
    }
    person = f"{API}{room.pk}/people/{cast.tanaka.pk}/"
    assert browser.put(person, {"role": "owner"}, content_type="application/json").json()["role"] == "owner"
    assert browser.delete(person).status_code == 204
    assert send("", kind="pair", members=[]).status_code == 400
    assert send("", kind="client").status_code == 400
