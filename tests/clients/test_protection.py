"""Protected data (支援措置): nobody learns where somebody is but those whom two others have let in."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import can_see_places
from apps.clients.models import Client, ClientPlace, Petition, Protection
from apps.clients.refusals import NotAwaitedPetition, PetitionedAlready, PlacesWithheld
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address

AREA, DISTRICT, HOME = "黒沢尻三丁目", "黒沢尻北小学校区", "さくら川市黒沢尻三丁目5-6"


@pytest.fixture
def desk(cast):
    """Three clerks of the division in charge."""
    others = [("菊池 誠", "きくち まこと"), ("千葉 恵", "ちば めぐみ")]
    return [cast.tanaka, *(makers.make_member(cast.city, name=name, kana=kana, role="desk") for name, kana in others)]


@pytest.fixture
def hidden(cast, desk):
    """Hana, whose address was written down before she was protected."""
    Client.objects.filter(pk=cast.hana.pk).update(area=AREA, school_district=DISTRICT)
    makers.make_place(cast.hana, by=cast.sato, text=HOME)
    actions.protect_client(client=cast.hana, by=desk[0])
    return Client.objects.get(pk=cast.hana.pk)


def page(cast, name="places"):
    return address(name, cast, client_id=cast.hana.pk)


# -- marking


def test_one_of_the_division_protects_alone_and_at_once(browser_of, cast):
    Client.objects.filter(pk=cast.hana.pk).update(area=AREA, school_district=DISTRICT)
    assert browser_of(cast.sato).post(page(cast, "protect")).status_code == 403
    assert browser_of(cast.tanaka).post(page(cast, "protect")).status_code == 302

    client = Client.objects.get(pk=cast.hana.pk)
    assert (client.is_protected, client.area, client.school_district) == (True, "", "")
    kept = ClientPlace.objects.open().filter(client=client)
    assert dict(kept.values_list("kind", "text")) == {"area": AREA, "school_district": DISTRICT}
    assert Entry.objects.get(verb="clients.protected").member_id == cast.tanaka.pk


def test_who_is_not_protected_is_found_by_whoever_sees_them(browser_of, cast):
    makers.make_place(cast.hana, by=cast.sato, text=HOME)
    assert HOME in browser_of(cast.suzuki).get(page(cast)).content.decode()
    assert browser_of(cast.takahashi).get(page(cast)).status_code == 404


@pytest.mark.parametrize("person", ["sato", "suzuki", "tanaka"])
def test_nothing_that_a_browser_or_a_program_is_shown_tells_the_place(browser_of, cast, hidden, person):
    browser = browser_of(cast[person])
    here = f"/e/{cast.environment.slug}"
    paths = [
        *(page(cast, name) for name in ("client", "team", "consents", "papers", "places", "edit", "history")),
        *(f"{here}/clients/", f"{here}/", f"{here}/notices/", f"{here}/clients/expiring/"),
        *(f"{here}/rooms/{cast.room.pk}/", f"{here}/rooms/{cast.room.pk}/people/"),
        *(f"/api/v1{here}/clients/", f"/api/v1{here}/clients/{cast.hana.pk}/", f"/api/v1{here}/clients/waiting/"),
    ]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200 or (person == "tanaka" and "/rooms/" in path), path
        assert not told(answer.content.decode()), path
    for typed in (AREA, DISTRICT, HOME, "ささき"):
        assert not told(without(typed, browser.post(f"{here}/clients/", {"q": typed}).content.decode()))


def told(text: str) -> list[str]:
    return [word for word in ("黒沢尻", json.dumps("黒沢尻").strip('"')) if word in text]


def without(typed: str, text: str) -> str:
    return text.replace(f'value="{typed}"', "")


def test_what_stood_in_the_record_before_is_not_told_by_its_history(browser_of, cast, desk):
    facts = {"area": AREA}
    actions.edit_client(client=cast.hana, facts=facts, version=1, by=cast.sato)
    actions.edit_client(client=cast.hana, facts={"area": "本町"}, version=2, by=cast.sato)
    assert AREA in browser_of(cast.sato).get(page(cast, "history")).content.decode()

    actions.protect_client(client=cast.hana, by=desk[0])

    assert AREA not in browser_of(cast.sato).get(page(cast, "history")).content.decode()
    approved = {"first_by": desk[1], "second_by": desk[2], "closes_at": timezone.now() + timedelta(days=1)}
    makers.make_petition(cast.hana, by=cast.sato, **approved)
    assert AREA in browser_of(cast.sato).get(page(cast, "history")).content.decode()
    assert AREA not in browser_of(cast.suzuki).get(page(cast, "history")).content.decode()


def test_no_table_that_is_read_for_other_things_holds_a_place_before_or_after_the_marking(cast, desk):
    """Every column of text or JSON in the database, but the tables of places."""
    actions.edit_client(client=cast.hana, facts={"area": "黒沢尻一丁目"}, version=1, by=cast.sato)
    actions.edit_client(client=cast.hana, facts={"area": AREA, "school_district": DISTRICT}, version=2, by=cast.sato)
    assert holding("黒沢尻") == {"clients_client", "clients_placesbefore"}

    actions.protect_client(client=cast.hana, by=desk[0])
    actions.write_place(client=cast.hana, kind="home", text=HOME, by=desk[0])

    assert holding("黒沢尻") == {"clients_clientplace", "clients_placesbefore"}


def holding(word: str) -> set[str]:
    """The tables of which some row holds the word."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT FROM "{table}" one WHERE one::text LIKE %s LIMIT 1', [f"%{word}%"])
            found |= {table} if cursor.rowcount else set()
    return found


def test_the_past_of_a_record_takes_no_place(cast):
    with pytest.raises(IntegrityError, match="a_revision_bears_no_place"), transaction.atomic():
        makers.make_revision(cast.hana, by=cast.sato, was={"area": AREA})


def test_neither_paper_nor_ledger_nor_notice_nor_waiting_card_holds_the_place(cast, hidden):
    from apps.clients.printing import bodies
    from apps.clients.queries import waiting_cards

    makers.make_seat(cast.hana, cast.takahashi.organization)
    asked = actions.petition(client=hidden, kind="see", reason="家庭訪問", by=cast.sato)
    actions.approve_petition(petition=asked, by=cast.tanaka)

    assert not told(str(bodies(hidden, cast.sato, at=timezone.now())))
    assert not told(str(waiting_cards(cast.takahashi)))
    assert not told(str([entry.__dict__ for entry in Entry.objects.all()]))
    assert not told(str([one.sentence + one.path for one in Notification.objects.all()]))


@pytest.mark.parametrize("field", ["area", "school_district"])
def test_the_record_of_a_protected_client_takes_no_place(cast, hidden, field):
    with pytest.raises(PlacesWithheld):
        actions.edit_client(client=hidden, facts={field: AREA}, version=hidden.version, by=cast.sato)
    with pytest.raises(IntegrityError, match="bears_no_place"), transaction.atomic():
        Client.objects.filter(pk=hidden.pk).update(**{field: AREA})


def test_the_rest_of_the_record_is_edited_as_ever(browser_of, cast, hidden):
    sent = {"name": "佐々木 ハナ", "kana": "ささき はなこ", "born_on": "1942-03-09", "version": str(hidden.version)}
    assert browser_of(cast.sato).post(page(cast, "edit"), sent).status_code == 302
    assert Client.objects.get(pk=hidden.pk).kana == "ささき はなこ"


def test_the_division_writes_a_new_place_without_being_shown_any(browser_of, cast, hidden):
    new = {"kind": "home", "text": "さくら川市本町9-9"}
    assert browser_of(cast.sato).post(page(cast), new).status_code == 403
    assert browser_of(cast.tanaka).post(page(cast), new, follow=True).status_code == 200
    assert "本町9-9" not in browser_of(cast.tanaka).get(page(cast)).content.decode()
    assert [one.text for one in ClientPlace.objects.open().filter(kind="home")] == ["さくら川市本町9-9"]


# -- seeing, by the word of two others


def test_two_others_let_one_person_see_the_places_for_thirty_days(browser_of, cast, desk, hidden):
    browser_of(cast.sato).post(page(cast, "petitions"), {"kind": "see", "reason": "家庭訪問"})
    asked = Petition.objects.get()
    approve = address("approve_petition", cast, client_id=hidden.pk, petition_id=asked.pk)
    for clerk, sees in ((desk[0], False), (desk[1], True)):
        assert browser_of(clerk).post(approve).status_code == 302
        assert (HOME in browser_of(cast.sato).get(page(cast)).content.decode()) is sees

    assert not any(can_see_places(one, hidden) for one in (cast.suzuki, *desk))
    asked.refresh_from_db()
    assert timedelta(days=29) < asked.closes_at - timezone.now() <= timedelta(days=30)
    looked = Entry.objects.get(verb="clients.places_opened")
    assert (looked.member_id, looked.purpose) == (cast.sato.pk, "protected")
    # Not even then does a list or the heading of a page tell it.
    assert not told(browser_of(cast.sato).get(page(cast, "client")).content.decode())


def test_nobody_approves_twice_or_what_they_asked_themself(cast, desk, hidden):
    asked = actions.petition(client=hidden, kind="see", reason="訪問", by=desk[0])
    with pytest.raises(NotAllowed):
        actions.approve_petition(petition=asked, by=desk[0])
    actions.approve_petition(petition=asked, by=desk[1])
    with pytest.raises(NotAllowed):
        actions.approve_petition(petition=asked, by=desk[1])
    for column, promise in (("first_by", "others_than_who_asks"), ("second_by", "two_different_people")):
        fresh = makers.make_petition(hidden, by=cast.suzuki if column == "first_by" else cast.sato)
        wrong = {"first_by": cast.suzuki} if column == "first_by" else {"first_by": desk[1], "second_by": desk[1]}
        with pytest.raises(IntegrityError, match=promise), transaction.atomic():
            Petition.objects.filter(pk=fresh.pk).update(**wrong)


@pytest.mark.parametrize("person", ["suzuki", "ito", "ishii", "sato"])
def test_only_the_division_in_charge_approves(browser_of, cast, hidden, person):
    asked = actions.petition(client=hidden, kind="see", reason="訪問", by=cast.sato)
    url = address("approve_petition", cast, client_id=hidden.pk, petition_id=asked.pk)
    assert browser_of(cast[person]).post(url).status_code == (403 if person == "sato" else 404)
    asked.refresh_from_db()
    assert asked.first_by is None


def test_what_nobody_approves_within_three_days_is_void(cast, desk, hidden):
    old = {"asked_at": timezone.now() - timedelta(hours=73), "decide_until": timezone.now() - timedelta(hours=1)}
    asked = makers.make_petition(hidden, by=cast.sato, **old)
    with pytest.raises(NotAwaitedPetition):
        actions.approve_petition(petition=asked, by=desk[0])


def test_seeing_ends_by_itself_by_hand_and_with_the_client(browser_of, cast, desk, hidden):
    now = timezone.now()
    approved = {"first_by": desk[0], "second_by": desk[1], "closes_at": now + timedelta(days=1)}
    asked = makers.make_petition(hidden, by=cast.sato, **approved)
    over = {"asked_at": now - timedelta(days=20), "decide_until": now - timedelta(days=17), "closes_at": now}
    makers.make_petition(hidden, by=cast.suzuki, **(approved | over))
    assert can_see_places(cast.sato, hidden)
    assert not can_see_places(cast.suzuki, hidden)

    url = address("end_petition", cast, client_id=hidden.pk, petition_id=asked.pk)
    assert browser_of(cast.tanaka).post(url).status_code == 302
    assert not can_see_places(cast.sato, hidden)


def test_an_emergency_opens_no_protected_place(browser_of, cast, hidden):
    station = makers.make_organization(cast.environment, "ひばり訪問看護", "visiting_nurse_station")
    nurse = makers.make_member(station, name="原 由美", kana="はら ゆみ")
    actions.break_glass(client=hidden, ground="life", purpose="応答がない", by=nurse)
    answer = browser_of(nurse).get(page(cast))
    assert answer.status_code == 200
    assert not told(answer.content.decode())
    assert browser_of(nurse).post(page(cast, "petitions"), {"kind": "see", "reason": "訪問"}).status_code == 403


def test_one_asks_once(cast, hidden):
    actions.petition(client=hidden, kind="see", reason="訪問", by=cast.sato)
    with pytest.raises(PetitionedAlready):
        actions.petition(client=hidden, kind="see", reason="訪問", by=cast.sato)


# -- lifting


def test_no_single_clerk_lifts_a_protection(browser_of, cast, desk, hidden):
    lift = {"kind": "lift", "reason": "転居し支援終了"}
    assert browser_of(cast.sato).post(page(cast, "petitions"), lift).status_code == 403
    assert browser_of(desk[0]).post(page(cast, "petitions"), lift).status_code == 302
    asked = Petition.objects.get()
    approve = address("approve_petition", cast, client_id=hidden.pk, petition_id=asked.pk)
    assert browser_of(desk[0]).post(approve).status_code == 403
    assert Client.objects.get(pk=hidden.pk).is_protected

    assert browser_of(desk[1]).post(approve).status_code == 302

    client = Client.objects.get(pk=hidden.pk)
    assert (client.is_protected, client.area, client.school_district) == (False, AREA, DISTRICT)
    protection = Protection.objects.get()
    assert (protection.lifting_asked_by, protection.lifted_by) == (desk[0], desk[1])


def test_the_database_refuses_whoever_lifts_alone_or_past_the_verb(cast, desk, hidden):
    with pytest.raises(ProgrammingError, match="lifted by two people"), transaction.atomic():
        Client.objects.filter(pk=hidden.pk).update(is_protected=False)
    alone = {"lifted_at": timezone.now(), "lifting_asked_by": desk[0], "lifted_by": desk[0]}
    with pytest.raises(IntegrityError, match="lifted_by_two_people"), transaction.atomic():
        Protection.objects.filter(client=hidden).update(**alone)
    with pytest.raises(IntegrityError, match="protected_once"), transaction.atomic():
        makers.make_protection(hidden, by=desk[0])


def test_every_page_of_the_client_says_that_it_is_protected(browser_of, cast, hidden):
    for name in ("client", "team", "consents", "papers", "places"):
        assert 'class="withheld"' in browser_of(cast.sato).get(page(cast, name)).content.decode(), name


# -- for programs


def program(cast, rest):
    return f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/{rest}"


def sent_as(browser, path, said, how="post"):
    return getattr(browser, how)(path, said, content_type="application/json")


def test_a_program_protects_asks_approves_and_lifts_by_the_same_verbs(browser_of, cast, desk):
    Client.objects.filter(pk=cast.hana.pk).update(area=AREA)
    clerks = [browser_of(one) for one in desk]
    sato = browser_of(cast.sato)
    assert sent_as(sato, program(cast, "protection/"), {"is_protected": True}, "put").status_code == 403
    assert sent_as(clerks[0], program(cast, "protection/"), {"is_protected": False}, "put").status_code == 400
    assert sent_as(clerks[0], program(cast, "protection/"), {"is_protected": True}, "put").status_code == 204
    written = sent_as(clerks[0], program(cast, "places/"), {"kind": "home", "text": HOME})
    assert written.status_code == 201
    assert not told(written.content.decode())
    assert sato.get(program(cast, "places/")).json() == {"is_protected": True, "is_withheld": True, "places": []}

    asked = sent_as(sato, program(cast, "petitions/"), {"kind": "see", "reason": "家庭訪問"}).json()
    for clerk, approvals in ((clerks[0], 1), (clerks[1], 2)):
        answer = clerk.post(program(cast, f"petitions/{asked['id']}/approval/"))
        assert (answer.status_code, answer.json()["approvals"]) == (200, approvals)
    seen = sato.get(program(cast, "places/")).json()
    assert {one["text"] for one in seen["places"]} == {AREA, HOME}
    assert Entry.objects.filter(verb="clients.places_opened", member_id=cast.sato.pk, purpose="protected").exists()

    lifting = sent_as(clerks[0], program(cast, "petitions/"), {"kind": "lift", "reason": "転居した"}).json()
    assert sent_as(sato, program(cast, "petitions/"), {"kind": "lift", "reason": "転居した"}).status_code == 403
    assert clerks[0].post(program(cast, f"petitions/{lifting['id']}/approval/")).status_code == 403
    assert clerks[1].post(program(cast, f"petitions/{lifting['id']}/approval/")).status_code == 200
    assert Client.objects.get(pk=cast.hana.pk).area == AREA


def test_a_program_ends_what_it_was_let_in_to_and_sees_nobody_elses_petitions(browser_of, cast, desk, hidden):
    actions.petition(client=hidden, kind="see", reason="訪問", by=cast.suzuki)
    asked = sent_as(browser_of(cast.sato), program(cast, "petitions/"), {"kind": "see", "reason": "訪問"}).json()
    assert [one["id"] for one in browser_of(cast.sato).get(program(cast, "petitions/")).json()] == [asked["id"]]
    rows = browser_of(cast.tanaka).get(program(cast, "petitions/")).json()
    told_of = {(one["asked_by"], one["organization"]) for one in rows}
    assert told_of == {(cast.sato.name, "居宅介護支援事業所"), (cast.suzuki.name, "訪問看護ステーション")}
    assert browser_of(cast.sato).delete(program(cast, f"petitions/{asked['id']}/")).status_code == 204
    assert browser_of(cast.tanaka).post(program(cast, f"petitions/{asked['id']}/approval/")).status_code == 422
