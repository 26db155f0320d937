"""The pages of the waiting list: what a browser sends, and what is refused with a sentence."""

import pytest

from apps.audit.models import Entry
from apps.waiting.models import Waiting
from tests.waiting.makers import make_wait

HERE = "/e/sakuragawa-care/waiting/"
WANTED = {"age_group": "preschool", "reasons": ["full"]}


@pytest.fixture
def tanaka(browser_of, cast):
    return browser_of(cast.tanaka)


def test_a_family_without_a_name_is_put_on_the_list(tanaka, cast):
    answer = tanaka.post(f"{HERE}new/", {**WANTED, "weekdays": ["mon"], "need": "静かな部屋"})

    waiting = Waiting.objects.get()
    assert answer.url == f"{HERE}{waiting.pk}/"
    assert (waiting.weekdays, waiting.client_id, waiting.put_by) == (["mon"], None, cast.tanaka)


def test_a_client_is_put_on_the_list_and_the_ledger_says_so(tanaka, cast):
    tanaka.post(f"{HERE}new/", {**WANTED, "client": cast.hana.pk})

    assert Waiting.objects.get().client_id == cast.hana.pk
    assert Entry.objects.filter(verb="waiting.put", client_id=cast.hana.pk).count() == 1


def test_the_counter_fills_the_form_in(tanaka):
    answer = tanaka.post(f"{HERE}new/", {"start": "1", "age_group": "primary", "weekdays": ["tue"]})

    assert answer.status_code == 200
    assert answer.context["form"].initial["weekdays"] == ["tue"]
    assert not Waiting.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reasons": []}, "合う空きがなかった理由を1つ以上選んでください。"),
        ({"is_fetched": "on"}, "送迎が必要な学区を選んでください。"),
        ({"facility_1": "x"}, ""),
        ({"age_group": "old"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(tanaka, sent, said):
    answer = tanaka.post(f"{HERE}new/", {**WANTED, **sent})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Waiting.objects.exists()


def test_a_need_that_names_the_client_is_refused(tanaka, cast):
    answer = tanaka.post(f"{HERE}new/", {**WANTED, "client": cast.hana.pk, "need": cast.hana.name})

    assert answer.status_code == 422
    assert not Waiting.objects.exists()


def test_another_office_sees_nobody_of_ours(browser_of, cast):
    waiting = make_wait(cast.tanaka)

    assert browser_of(cast.sato).get(f"{HERE}{waiting.pk}/").status_code == 404


def test_the_city_sees_those_of_an_office_without_a_name(tanaka, cast):
    waiting = make_wait(cast.sato, client=cast.hana)

    assert cast.hana.name not in tanaka.get(HERE).content.decode()
    assert cast.hana.name not in tanaka.get(f"{HERE}{waiting.pk}/").content.decode()


def test_leaving_is_undone(tanaka, cast):
    waiting = make_wait(cast.tanaka)
    tanaka.post(f"{HERE}{waiting.pk}/leaving/", {"reason": "moved_away"})

    tanaka.post(f"{HERE}{waiting.pk}/returning/")

    waiting.refresh_from_db()
    assert waiting.is_waiting
