"""A whole list is taken back: everybody whom it brought, or nobody."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import Client, ImportRun, Revision
from apps.clients.refusals.imports import BuiltUpon, TakenBackAlready
from apps.kernel.refusals import NotHere
from tests import makers
from tests.clients.addresses import address
from tests.clients.lists import ABE, BABA, confirm, csv_of
from tests.clients.papers import cover


@pytest.fixture
def tanaka(browser_of, cast):
    return browser_of(cast.tanaka)


@pytest.fixture
def run(tanaka, cast):
    """Two people whom tanaka has imported."""
    confirm(tanaka, cast, csv_of(ABE, BABA))
    return ImportRun.objects.get()


def abe():
    return Client.objects.get(name="阿部 一郎")


def test_everybody_of_the_list_is_gone_and_nobody_else(tanaka, cast, run):
    answer = tanaka.post(address("take_back_import", cast, run_id=run.pk))

    assert answer.url == address("import", cast, run_id=run.pk)
    assert list(Client.objects.all()) == [cast.hana]
    run.refresh_from_db()
    assert (run.taken_back_by, run.taken_back_at is not None) == (cast.tanaka, True)
    assert tanaka.get(answer.url).status_code == 200


def test_the_ledger_keeps_that_they_were_registered_looked_at_and_removed(tanaka, cast, run):
    gone = abe().pk
    tanaka.get(address("client", cast, client_id=gone))
    actions.take_back_import(run=run, by=cast.tanaka)

    verbs = list(Entry.objects.filter(client_id=gone).order_by("id").values_list("verb", flat=True))
    assert verbs == ["clients.registered", "clients.opened", "clients.import_taken_back"]
    assert Entry.objects.get(subject_id=str(run.pk), verb="clients.import_taken_back").detail == {"clients": 2}


def a_seat(cast):
    makers.make_seat(abe(), cast.hidamari)


def a_consent(cast):
    cover(abe(), cast.hidamari, by=cast.sato)


def a_room(cast):
    makers.make_room(members=[cast.tanaka], client=abe())


def a_change(cast):
    actions.edit_client(client=abe(), facts={"area": "別の町"}, version=1, by=cast.tanaka)


def a_change_that_was_taken_back(cast):
    a_change(cast)
    actions.edit_client(client=abe(), facts={"area": "黒沢尻"}, version=2, by=cast.tanaka)
    assert Revision.objects.count() == 2


def another_division(cast):
    other = makers.make_organization(cast.environment, "さくら川市 こども課", "city_division")
    Client.objects.filter(pk=abe().pk).update(division=other)


BUILT = [a_seat, a_consent, a_room, a_change, a_change_that_was_taken_back, another_division]


@pytest.mark.parametrize("build", BUILT)
def test_what_was_built_upon_keeps_the_whole_list(tanaka, cast, run, build):
    build(cast)

    with pytest.raises(BuiltUpon):
        actions.take_back_import(run=run, by=cast.tanaka)
    assert tanaka.post(address("take_back_import", cast, run_id=run.pk)).status_code == 422
    assert Client.objects.filter(brought_by=run).count() == 2
    run.refresh_from_db()
    assert run.taken_back_at is None


@pytest.mark.parametrize("build", BUILT[:5])
def test_those_who_were_built_upon_are_named_and_the_naming_is_in_the_ledger(tanaka, cast, run, build):
    build(cast)
    page = tanaka.get(address("import", cast, run_id=run.pk)).content.decode()

    assert "阿部 一郎" in page
    assert "馬場 ミツ" not in page
    assert address("take_back_import", cast, run_id=run.pk) not in page
    assert Entry.objects.get(verb="clients.import_shown").detail == {"clients": [str(abe().pk)]}


def test_nothing_that_points_at_a_client_is_forgotten():
    # Whatever is added to clients one day: what is not among these is asked about all the same, and tested here by name.
    known = {relation.related_model._meta.label for relation in Client._meta.related_objects}
    assert {"clients.Seat", "clients.ConsentRecord", "clients.Revision", "rooms.TalkRoom"} <= known


def test_it_is_taken_back_once(cast, run):
    actions.take_back_import(run=run, by=cast.tanaka)
    with pytest.raises(TakenBackAlready):
        actions.take_back_import(run=run, by=cast.tanaka)


def test_the_same_list_can_be_imported_anew(tanaka, cast, run):
    actions.take_back_import(run=run, by=cast.tanaka)
    assert confirm(tanaka, cast, csv_of(ABE, BABA)).status_code == 302
    assert abe().born_on == date(1940, 5, 5)


def test_a_colleague_takes_it_back_and_another_division_does_not_know_of_it(browser_of, cast, run):
    other = makers.make_organization(cast.environment, "さくら川市 こども課", "city_division")
    stranger, colleague = makers.make_member(other, role="desk"), makers.make_member(cast.city, role="desk")
    with pytest.raises(NotHere):
        actions.take_back_import(run=run, by=stranger)
    assert browser_of(stranger).get(address("import", cast, run_id=run.pk)).status_code == 404

    actions.take_back_import(run=run, by=colleague)
    assert Client.objects.count() == 1


def test_the_page_says_that_an_announced_end_of_a_certification_keeps_the_list(browser_of, cast):
    run = makers.make_import(cast.tanaka)
    client = Client.objects.get(brought_by=run)
    certification = makers.make_certification(client, by=cast.tanaka, brought_by=run)
    english = {"Accept-Language": "en"}
    page = address("import", cast, run_id=run.pk)
    assert "Take the list back" in browser_of(cast.tanaka).get(page, headers=english).content.decode()

    makers.make_reminder(certification)

    told = browser_of(cast.tanaka).get(page, headers=english).content.decode()
    assert "or the end of a certification was announced" in told
    assert "Take the list back" not in told
