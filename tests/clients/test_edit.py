"""Changing a client's record: who may, what is kept, and what happens when two do it at once."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from apps.audit.models import Entry
from apps.clients import actions, queries
from apps.clients.models import PlacesBefore, Revision
from apps.clients.refusals import EditedMeanwhile
from apps.kernel.refusals import IndividualNumber
from tests import makers
from tests.clients.addresses import address

# The sample of the ordinance; nobody's.
MY_NUMBER = "123456789018"


def form(client, **changed):
    facts = {"name": client.name, "kana": client.kana, "born_on": "S17.3.9", "area": client.area, "version": 1}
    return {**facts, **changed}


@pytest.fixture
def child(cast):
    return makers.make_client(
        cast.environment, seats=[], division=cast.city, name="森下 みお", kana="もりした みお", born_on="2022-05-14"
    )


def send(browser_of, cast, client, person="sato", **changed):
    return browser_of(cast[person]).post(address("edit", cast, client_id=client.pk), form(client, **changed))


@pytest.mark.parametrize("person", ["sato", "suzuki", "tanaka"])
def test_those_who_care_for_the_client_change_the_record(browser_of, cast, person):
    assert send(browser_of, cast, cast.hana, person, area="黒沢尻").status_code == 302
    cast.hana.refresh_from_db()
    assert (cast.hana.area, cast.hana.version) == ("黒沢尻", 2)


def test_somebody_let_in_by_hand_sees_the_record_and_does_not_change_it(browser_of, cast):
    from tests.clients.papers import cover

    cover(cast.hana, cast.takahashi.organization)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    assert browser_of(cast.takahashi).get(address("client", cast, client_id=cast.hana.pk)).status_code == 200
    assert send(browser_of, cast, cast.hana, "takahashi", area="黒沢尻").status_code == 403
    assert browser_of(cast.takahashi).get(address("history", cast, client_id=cast.hana.pk)).status_code == 403
    cast.hana.refresh_from_db()
    assert cast.hana.area == ""


def test_what_was_before_is_kept_with_who_and_when(browser_of, cast):
    send(browser_of, cast, cast.hana, name="佐々木 はな", area="黒沢尻")
    [revision] = Revision.objects.filter(client=cast.hana)
    assert (revision.number, revision.was, revision.places_before.was) == (1, {"name": "佐々木 ハナ"}, {"area": ""})
    assert revision.changed_by == cast.sato

    page = browser_of(cast.suzuki).get(address("history", cast, client_id=cast.hana.pk)).content.decode()
    for said in ("佐々木 ハナ", "佐々木 はな", "黒沢尻", cast.sato.name, cast.hidamari.name):
        assert said in page


def test_the_history_says_of_every_change_what_it_became(cast):
    for version, area in enumerate(["東町", "西町", "南町"], start=1):
        actions.edit_client(client=cast.hana, facts={"area": area}, version=version, by=cast.sato)
    cast.hana.refresh_from_db()

    found = [(one.was, one.became) for edit in queries.history_of(cast.hana, reader=cast.sato) for one in edit.changes]
    assert found == [("西町", "南町"), ("東町", "西町"), ("", "東町")]


def test_the_ledger_names_the_fields_and_never_what_they_hold(browser_of, cast):
    send(browser_of, cast, cast.hana, name="佐々木 はな", area="黒沢尻")
    entry = Entry.objects.get(verb="clients.edited")
    assert entry.detail == {"fields": ["area", "name"]}
    assert entry.client_id == cast.hana.pk


def test_saving_without_a_change_is_no_change(browser_of, cast):
    assert send(browser_of, cast, cast.hana).status_code == 302
    cast.hana.refresh_from_db()
    assert cast.hana.version == 1
    assert not Revision.objects.exists()


def test_nobody_changes_or_removes_what_was_kept(cast):
    kept = makers.make_places_before(makers.make_revision(cast.hana, by=cast.sato))
    another = makers.make_revision(cast.hana, by=cast.sato, number=2)
    for forbidden in (
        lambda: Revision.objects.update(was={}),
        another.delete,
        lambda: PlacesBefore.objects.update(was={}),
        kept.delete,
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            forbidden()


def test_one_version_ends_once_also_past_the_verb(cast):
    about = {"environment": cast.environment, "client": cast.hana, "number": 1, "changed_by": cast.sato, "was": {}}
    Revision.objects.create(**about)
    with pytest.raises(IntegrityError, match="a_version_of_a_record_ends_once"), transaction.atomic():
        Revision.objects.create(**about)


# -- two at once


def test_the_second_is_told_what_the_first_did_and_loses_nothing(browser_of, cast):
    send(browser_of, cast, cast.hana, "tanaka", name="佐々木 花")

    answer = send(browser_of, cast, cast.hana, "sato", area="黒沢尻")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert cast.tanaka.name in page
    # What sato typed stays, what sato left alone is as tanaka left it, and saving again is upon the present version.
    assert 'value="黒沢尻"' in page
    assert 'value="佐々木 花"' in page
    assert 'name="version" value="2"' in page
    cast.hana.refresh_from_db()
    assert (cast.hana.name, cast.hana.area) == ("佐々木 花", "")

    again = send(browser_of, cast, cast.hana, "sato", name="佐々木 花", area="黒沢尻", version=2)
    assert again.status_code == 302
    cast.hana.refresh_from_db()
    assert (cast.hana.name, cast.hana.area, cast.hana.version) == ("佐々木 花", "黒沢尻", 3)


def test_where_both_changed_one_field_the_second_sees_both_and_decides(browser_of, cast):
    send(browser_of, cast, cast.hana, "tanaka", area="東町")
    page = send(browser_of, cast, cast.hana, "sato", area="黒沢尻").content.decode()
    assert "東町" in page
    assert 'value="黒沢尻"' in page


def test_the_verb_refuses_an_old_version(cast):
    actions.edit_client(client=cast.hana, facts={"area": "東町"}, version=1, by=cast.tanaka)
    with pytest.raises(EditedMeanwhile):
        actions.edit_client(client=cast.hana, facts={"area": "西町"}, version=1, by=cast.sato)


# -- what is refused


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("kana", "佐々木"),
        ("born_on", "S23.2.30"),
        ("born_on", "H1.1.7"),
        ("born_on", "1850-01-01"),
        ("born_on", "2999-01-01"),
        ("name", f"佐々木 {MY_NUMBER}"),
        ("area", "１２３４－５６７８－９０１８"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_written(browser_of, cast, field, value):
    answer = send(browser_of, cast, cast.hana, **{"area": "東町", field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    cast.hana.refresh_from_db()
    assert (cast.hana.version, cast.hana.area) == (1, "")


@pytest.mark.parametrize("field", ["name", "kana", "area", "school_district"])
def test_an_individual_number_is_refused_by_the_verb_whoever_calls_it(cast, field):
    with pytest.raises(IndividualNumber):
        actions.edit_client(client=cast.hana, facts={field: MY_NUMBER}, version=1, by=cast.sato)


def test_registering_refuses_an_individual_number(cast):
    with pytest.raises(IndividualNumber):
        actions.register_client(name="高橋 正", kana="たかはし", born_on="1940-05-05", area=MY_NUMBER, by=cast.tanaka)


def test_becoming_somebodys_namesake_is_asked_about_first(browser_of, cast, child):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], division=cast.city, name="佐々木 タロウ")
    sent = form(other, name=cast.hana.name)
    asked = browser_of(cast.tanaka).post(address("edit", cast, client_id=other.pk), sent)
    assert asked.status_code == 422
    assert "is_somebody_else" in asked.content.decode()
    confirmed = browser_of(cast.tanaka).post(
        address("edit", cast, client_id=other.pk), sent | {"is_somebody_else": "1"}
    )
    assert confirmed.status_code == 302


def test_staying_a_namesake_is_not_asked_about_again(browser_of, cast):
    makers.make_client(cast.environment, seats=[], division=cast.city)
    assert send(browser_of, cast, cast.hana, "tanaka", area="東町").status_code == 302


# -- children


def test_a_childs_needs_days_and_district_are_kept_in_order(browser_of, cast, child):
    sent = form(child, born_on="R4.5.14", school_district="第二小学校区", needs=["transport", "medical_care"])
    answer = browser_of(cast.tanaka).post(address("edit", cast, client_id=child.pk), sent | {"weekdays": ["2", "0"]})
    assert answer.status_code == 302
    child.refresh_from_db()
    assert (child.school_district, child.needs) == ("第二小学校区", ["medical_care", "transport"])
    assert child.weekdays == [0, 2]
    page = browser_of(cast.tanaka).get(answer.url).content.decode()
    for said in ("第二小学校区", "医療的ケア", "送迎", "月曜日、水曜日"):
        assert said in page


@pytest.mark.parametrize(("field", "value"), [("needs", ["dementia"]), ("weekdays", ["7"]), ("weekdays", ["x"])])
def test_the_lists_are_closed(browser_of, cast, child, field, value):
    sent = form(child, born_on="R4.5.14") | {field: value}
    assert browser_of(cast.tanaka).post(address("edit", cast, client_id=child.pk), sent).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "promise"),
    [("needs", ["dementia"], "needs_are_of_the_closed_list"), ("weekdays", [7], "weekdays_are_days_of_the_week")],
)
def test_the_database_keeps_the_lists_closed(cast, field, value, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        makers.make_client(cast.environment, seats=[], **{field: value})


def test_what_concerns_children_is_not_asked_of_adults(browser_of, cast, child):
    adults = browser_of(cast.tanaka).get(address("edit", cast, client_id=cast.hana.pk)).content.decode()
    childs = browser_of(cast.tanaka).get(address("edit", cast, client_id=child.pk)).content.decode()
    assert ('name="needs"' in adults, 'name="needs"' in childs) == (False, True)


# -- the API


def api(cast, client):
    return reverse("clients_api:client", kwargs={"slug": cast.environment.slug, "client_id": client.pk})


def patch(browser_of, cast, client, person="sato", **sent):
    return browser_of(cast[person]).patch(api(cast, client), sent, content_type="application/json")


def test_a_program_changes_some_facts_and_reads_the_next_version(browser_of, cast):
    answer = patch(browser_of, cast, cast.hana, version=1, area="黒沢尻", needs=["transport"], weekdays=[2, 0])
    assert answer.status_code == 200
    told = answer.json()
    assert (told["area"], told["version"], told["needs"], told["weekdays"]) == ("黒沢尻", 2, ["transport"], [0, 2])
    assert told["name"] == cast.hana.name


def test_a_program_with_an_old_version_is_refused(browser_of, cast):
    patch(browser_of, cast, cast.hana, version=1, area="東町")
    answer = patch(browser_of, cast, cast.hana, version=1, area="西町")
    assert (answer.status_code, answer.json()["code"]) == (422, "edited_meanwhile")


def test_a_program_makes_nobody_a_namesake_unasked(browser_of, cast):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="佐々木 タロウ", kana="たろう")
    refused = patch(browser_of, cast, other, "tanaka", version=1, name=cast.hana.name)
    assert (refused.status_code, refused.json()["code"]) == (422, "namesake")
    assert (
        patch(browser_of, cast, other, "tanaka", version=1, name=cast.hana.name, is_somebody_else=True).status_code
        == 200
    )


def test_a_program_cannot_send_an_individual_number(browser_of, cast):
    answer = patch(browser_of, cast, cast.hana, version=1, area=MY_NUMBER)
    assert answer.status_code == 400
    assert MY_NUMBER not in answer.content.decode()
