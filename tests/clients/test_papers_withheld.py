"""A scan of a protected client may show an address: closed to everybody but those let in, until one of them says otherwise."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import Clearance, Client
from apps.clients.refusals import NotProtected
from apps.clients.refusals.papers import ClearedAlready, NotCleared, PaperWithheld
from apps.kernel.refusals import NotAllowed
from tests import makers
from tests.clients.addresses import address

TITLE, FILE = "黒沢尻三丁目の自宅の写真", "黒沢尻.jpg"


@pytest.fixture
def paper(cast):
    """Sato has put it there, as the scan of the consent too."""
    return makers.make_paper(cast.hana, by=cast.sato, title=TITLE, original_name=FILE)


@pytest.fixture
def hidden(cast, paper):
    """Hana is protected, and suzuki was let in to the places."""
    actions.protect_client(client=cast.hana, by=cast.tanaka)
    let_in(cast)
    paper.client = cast.hana = Client.objects.get(pk=cast.hana.pk)
    return cast.hana


def let_in(cast):
    clerk = makers.make_member(cast.city, role="desk")
    closes = {"closes_at": timezone.now() + timedelta(days=30)}
    makers.make_petition(cast.hana, by=cast.suzuki, first_by=cast.tanaka, second_by=clerk, **closes)


def of_paper(name, cast, paper):
    return address(name, cast, client_id=paper.client_id, paper_number=paper.number)


def api(cast, path):
    return f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/papers/{path}"


def entrances(cast, paper):
    """To the bytes of it: file, small picture, API."""
    return [
        of_paper("paper", cast, paper),
        of_paper("paper_preview", cast, paper),
        api(cast, f"{paper.number}/content/"),
    ]


def answers(browser_of, cast, paper, person):
    return {browser_of(cast[person]).get(path).status_code for path in entrances(cast, paper)}


def test_as_long_as_nobody_is_protected_whoever_sees_the_client_opens_the_paper(browser_of, cast, paper):
    for person in ("sato", "suzuki", "tanaka"):
        assert answers(browser_of, cast, paper, person) == {200}


def test_from_the_marking_on_only_who_was_let_in_opens_it_and_not_who_put_it_there(browser_of, cast, paper, hidden):
    assert answers(browser_of, cast, paper, "suzuki") == {200}
    for person in ("sato", "tanaka"):
        assert answers(browser_of, cast, paper, person) == {403}
    assert answers(browser_of, cast, paper, "takahashi") == {404}


@pytest.mark.parametrize("person", ["sato", "tanaka"])
def test_neither_its_title_nor_its_files_name_is_told(browser_of, cast, paper, hidden, person):
    browser = browser_of(cast[person])
    pages = [address(name, cast, client_id=cast.hana.pk) for name in ("papers", "consents")]
    for path in (*pages, of_paper("remove_paper", cast, paper), api(cast, "")):
        answer = browser.get(path)
        assert answer.status_code in {200, 403}, path
        assert "黒沢尻" not in answer.content.decode(), path
    [told] = browser.get(api(cast, "")).json()
    assert (told["is_withheld"], told["title"], told["original_name"], told["sha256"]) == (True, "", "", "")


def test_the_list_says_in_a_sentence_why_it_does_not_open(browser_of, cast, paper, hidden):
    says = "because it may show where the client is"
    english = {"Accept-Language": "en"}
    page = address("papers", cast, client_id=cast.hana.pk)
    assert says in browser_of(cast.sato).get(page, headers=english).content.decode()
    assert says not in browser_of(cast.suzuki).get(page, headers=english).content.decode()
    refused = browser_of(cast.sato).get(of_paper("paper", cast, paper), headers=english).content.decode()
    assert "until one of them says that no place is shown on it" in refused


def test_a_paper_that_comes_while_the_client_is_protected_is_withheld_too(browser_of, cast, hidden):
    later = makers.make_paper(cast.hana, by=cast.sato, number=2)
    assert answers(browser_of, cast, later, "sato") == {403}
    assert answers(browser_of, cast, later, "suzuki") == {200}


def test_who_knows_the_places_says_that_none_is_shown_and_the_others_open_it(browser_of, cast, paper, hidden):
    assert browser_of(cast.sato).post(of_paper("clear_paper", cast, paper)).status_code == 403
    assert browser_of(cast.tanaka).post(of_paper("clear_paper", cast, paper)).status_code == 403
    assert browser_of(cast.suzuki).post(of_paper("clear_paper", cast, paper)).status_code == 302

    assert answers(browser_of, cast, paper, "sato") == {200}
    shown = browser_of(cast.sato).get(address("papers", cast, client_id=cast.hana.pk)).content.decode()
    assert TITLE in shown
    entry = Entry.objects.get(verb="clients.paper_cleared")
    assert (entry.member_id, entry.client_id, entry.subject_id) == (cast.suzuki.pk, cast.hana.pk, str(paper.pk))


@pytest.mark.parametrize("person", ["suzuki", "tanaka"])
def test_the_word_is_taken_back_by_who_knows_the_places_or_by_the_division(browser_of, cast, paper, hidden, person):
    actions.clear_paper(paper=paper, by=cast.suzuki)
    assert browser_of(cast.sato).post(of_paper("withhold_paper", cast, paper)).status_code == 403
    assert browser_of(cast[person]).post(of_paper("withhold_paper", cast, paper)).status_code == 302

    assert answers(browser_of, cast, paper, "sato") == {403}
    assert Entry.objects.get(verb="clients.paper_withheld").member_id == cast[person].pk
    with pytest.raises(NotCleared):
        actions.withhold_paper(paper=paper, by=cast[person])
    actions.clear_paper(paper=paper, by=cast.suzuki)
    assert Clearance.objects.filter(paper=paper).count() == 2


def test_a_program_says_it_and_takes_it_back(browser_of, cast, paper, hidden):
    browser, path = browser_of(cast.suzuki), api(cast, f"{paper.number}/clearance/")
    assert browser_of(cast.sato).put(path).status_code == 403
    assert browser.put(path).status_code == 204
    assert answers(browser_of, cast, paper, "sato") == {200}
    assert browser.delete(path).status_code == 204
    assert answers(browser_of, cast, paper, "sato") == {403}


def test_the_word_holds_for_one_protection_and_every_paper_is_closed_by_the_next(browser_of, cast, paper, hidden):
    actions.clear_paper(paper=paper, by=cast.suzuki)
    asked = makers.make_petition(cast.hana, by=cast.tanaka, kind="lift")
    actions.approve_petition(petition=asked, by=makers.make_member(cast.city, role="desk"))
    actions.protect_client(client=cast.hana, by=cast.tanaka)

    assert answers(browser_of, cast, paper, "sato") == {403}


def test_a_kept_paper_is_withheld_from_the_organization_that_put_it_there(browser_of, cast, paper, hidden):
    seat = cast.hana.seats.get(organization=cast.sato.organization)
    seat.valid_from, seat.valid_to = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
    cast.hana.consents.update(valid_from=timezone.now() - timedelta(days=9))
    type(seat).objects.filter(pk=seat.pk).update(valid_to=timezone.now())
    path = of_paper("kept_paper", cast, paper)
    here = f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/kept/"
    kept = address("kept", cast, client_id=cast.hana.pk)

    browser = browser_of(cast.sato)
    assert browser.get(path).status_code == browser.get(f"{here}papers/{paper.number}/content/").status_code == 403
    assert "黒沢尻" not in browser.get(kept).content.decode() + str(browser.get(here).json())
    actions.clear_paper(paper=paper, by=cast.suzuki)
    assert browser.get(path).status_code == 200
    assert TITLE in browser.get(kept).content.decode()


def test_an_emergency_opens_no_paper_of_a_protected_client(browser_of, cast, paper, hidden):
    nurse = makers.make_member(makers.make_organization(cast.environment, kind="visiting_nurse_station"))
    makers.make_exception(cast.hana, by=nurse)
    browser = browser_of(nurse)
    assert browser.get(address("papers", cast, client_id=cast.hana.pk)).status_code == 200
    assert {browser.get(one).status_code for one in entrances(cast, paper)} == {403}


def test_of_nobody_protected_there_is_nothing_to_say(cast, paper):
    with pytest.raises(NotProtected):
        actions.clear_paper(paper=paper, by=cast.sato)


def test_it_is_said_once_at_a_time(cast, paper, hidden):
    said = actions.clear_paper(paper=paper, by=cast.suzuki)
    with pytest.raises(ClearedAlready):
        actions.clear_paper(paper=paper, by=cast.suzuki)
    words = {"environment": cast.environment, "paper": paper, "protection": said.protection, "said_by": cast.suzuki}
    with pytest.raises(IntegrityError), transaction.atomic():
        Clearance.objects.create(**words)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Clearance.objects.filter(pk=said.pk).update(said_by=cast.sato)


def test_the_verbs_ask_again_who_it_is(cast, paper, hidden):
    with pytest.raises(NotAllowed):
        actions.clear_paper(paper=paper, by=cast.sato)
    actions.clear_paper(paper=paper, by=cast.suzuki)
    with pytest.raises(NotAllowed):
        actions.withhold_paper(paper=paper, by=cast.sato)


def test_the_refusal_is_one_of_those_that_are_seen_and_not_allowed():
    assert issubclass(PaperWithheld, NotAllowed)
