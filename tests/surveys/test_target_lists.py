"""Whom one asks again: lists with a name, kept for the organization; and offices by where they lie."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.directory.models import Office
from apps.kernel.refusals import NotAllowed, NotHere
from apps.surveys import actions, queries
from apps.surveys.areas import area_of, is_in
from apps.surveys.models import ListedTarget, TargetList
from apps.surveys.queries import Narrowed
from apps.surveys.refusals import ListNameTaken, ListWithoutName, NoTarget, TargetNotHere
from tests import makers
from tests.facilities.makers import make_facility
from tests.surveys.makers import make_draft, make_target_list

BASE = "/e/sakuragawa-care/surveys/"
API = "/api/v1/e/sakuragawa-care/surveys/lists/"


@pytest.fixture
def place(cast):
    return make_facility(
        cast.tanaka, organization=cast.aozora, name="こどもの家", address="宮城県登米市迫町佐沼字中江2-1-1"
    )


@pytest.fixture
def draft(cast):
    return make_draft(by=cast.sato)


def press(browser, draft, deed, **more):
    return browser.post(f"{BASE}drafts/{draft.pk}/targets/", {"deed": deed, **more})


def test_what_is_ticked_is_kept_as_a_list_and_ticked_again_in_another_survey(cast, browser_of, draft, place):
    browser, ticked = browser_of(cast.sato), [f"o:{cast.takahashi.organization_id}", f"f:{place.pk}"]

    assert press(browser, draft, "keep", target=ticked, list_name="  登米の  児童 ").status_code == 302
    kept = TargetList.objects.get()
    assert (kept.name, queries.keys_of_list(kept)) == ("登米の 児童", set(ticked))
    other = make_draft(by=cast.sato)
    assert "登米の 児童" in browser.get(f"{BASE}drafts/{other.pk}/targets/").content.decode()
    press(browser, other, f"list:{kept.pk}")

    assert queries.chosen_keys(other) == set(ticked)


def test_a_list_is_ticked_beside_what_was_chosen_before(cast, browser_of, draft, place):
    kept = actions.keep_list(name="一つ", facilities=[place], by=cast.sato)

    press(browser_of(cast.sato), draft, f"list:{kept.pk}", target=[f"o:{cast.takahashi.organization_id}"])

    assert queries.chosen_keys(draft) == {f"f:{place.pk}", f"o:{cast.takahashi.organization_id}"}


def test_who_does_not_take_part_any_more_is_left_out_of_what_a_list_ticks(cast, browser_of, draft, place):
    kept = actions.keep_list(name="一つ", organizations=[cast.takahashi.organization], facilities=[place], by=cast.sato)
    place.closed_on = timezone.localdate()
    place.save(update_fields=["closed_on"])

    press(browser_of(cast.sato), draft, f"list:{kept.pk}")

    assert queries.chosen_keys(draft) == {f"o:{cast.takahashi.organization_id}"}


def test_lists_are_the_organizations_own(cast, browser_of, draft):
    kept = make_target_list(by=cast.sato, asks=[cast.aozora])
    colleague = makers.make_member(cast.hidamari, makers.make_user("nakano"), name="中野 舞", kana="なかの まい")

    assert kept.name in browser_of(colleague).get(f"{BASE}lists/").content.decode()
    assert kept.name not in browser_of(cast.takahashi).get(f"{BASE}lists/").content.decode()
    theirs = make_draft(by=cast.takahashi)
    assert press(browser_of(cast.takahashi), theirs, f"list:{kept.pk}").status_code == 404
    assert press(browser_of(cast.sato), draft, "list:nothing").status_code == 404
    for verb in (actions.rename_list, actions.remove_list):
        with pytest.raises(NotHere):
            verb(target_list=kept, by=cast.takahashi, **({"name": "x"} if verb is actions.rename_list else {}))


def test_a_list_is_renamed_and_removed_and_both_are_in_the_ledger(cast, browser_of):
    kept, browser = make_target_list(by=cast.sato, asks=[cast.aozora]), browser_of(cast.sato)

    assert browser.post(f"{BASE}lists/{kept.pk}/", {"name": "新しい名前"}).status_code == 302
    assert TargetList.objects.get().name == "新しい名前"
    assert browser.post(f"{BASE}lists/{kept.pk}/removal/").status_code == 302

    assert not ListedTarget.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="surveys.list_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["surveys.list_kept", "surveys.list_renamed", "surveys.list_removed"]


@pytest.mark.parametrize("name", ["", "   ", "長" * 61, "a\x00b"])
def test_a_list_needs_a_name_of_some_length(cast, browser_of, draft, name):
    with pytest.raises(ListWithoutName):
        make_target_list(by=cast.sato, asks=[cast.aozora], name=name)

    ticked = [f"o:{cast.aozora.pk}"]
    assert press(browser_of(cast.sato), draft, "keep", target=ticked, list_name=name).status_code == 422
    assert not TargetList.objects.exists()


def test_a_name_is_taken_once_within_an_organization_and_free_in_another(cast):
    make_target_list(by=cast.sato, asks=[cast.aozora])

    with pytest.raises(ListNameTaken):
        make_target_list(by=cast.sato, asks=[cast.aozora])
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetList.objects.create(
            environment=cast.environment, organization=cast.hidamari, created_by=cast.sato, name="いつもの依頼先"
        )
    assert make_target_list(by=cast.takahashi, asks=[cast.aozora]).name == "いつもの依頼先"


def test_a_list_of_nobody_or_of_strangers_is_refused(cast):
    with pytest.raises(NoTarget):
        make_target_list(by=cast.sato, asks=[])
    with pytest.raises(TargetNotHere):
        make_target_list(by=cast.sato, asks=[cast.watanabe.organization])
    with pytest.raises(NotAllowed):
        make_target_list(by=cast.matsumoto, asks=[cast.aozora])


def test_a_program_keeps_renames_and_removes_a_list(cast, browser_of):
    browser, told = browser_of(cast.sato), {"name": "訪問看護", "organizations": [str(cast.aozora.pk)]}
    kept = browser.post(API, json.dumps(told), content_type="application/json")

    assert kept.status_code == 201
    assert browser.get(API).json() == [{**told, "id": kept.json()["id"], "facilities": []}]
    one = f"{API}{kept.json()['id']}/"
    assert browser.put(one, json.dumps({"name": "看護"}), content_type="application/json").json()["name"] == "看護"
    assert browser.post(API, json.dumps({"name": "x"}), content_type="application/json").status_code == 400
    assert browser.delete(one).status_code == 204
    assert browser.get(API).json() == []


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("宮城県登米市迫町佐沼字中江2-1-1", ("登米市", "迫町")),
        ("登米市 中田町　上沼", ("登米市", "中田町")),
        ("横浜市青葉区美しが丘１丁目２", ("横浜市青葉区", "美しが丘")),
        ("東京都世田谷区三軒茶屋2-1", ("世田谷区", "三軒茶屋")),
        ("三重県四日市市諏訪町1-5", ("四日市市", "諏訪町")),
        ("千葉県市川市八幡1-1", ("市川市", "八幡")),
        ("東京都町田市森野2-2-22", ("町田市", "森野")),
        ("長野県大町市大町3887", ("大町市", "大町")),
        ("北海道余市郡余市町朝日町26", ("余市町", "朝日町")),
        ("奈良県大和郡山市北郡山町248", ("大和郡山市", "北郡山町")),
        ("群馬県佐波郡玉村町下新田201", ("玉村町", "下新田")),
        ("広島県廿日市市下平良一丁目11-1", ("廿日市市", "下平良")),
        ("電話のみ", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_municipality_and_the_town_are_read_from_an_address(address, area):
    assert area_of(address) == area


def test_whoever_wants_a_municipality_wants_all_its_towns():
    address = "登米市迫町佐沼1"

    assert [is_in(address, one) for one in ("登米市", "登米市 迫町", "登米市 中田町", "登米", "")] == [
        *(True, True, False, False, True)
    ]


def test_offices_and_facilities_are_narrowed_by_area(cast, browser_of, draft, place):
    away = make_facility(cast.tanaka, name="となりの家", address="栗原市築館1-1")
    cast.aozora.office = Office.objects.create(
        system="kaigo", office_number="0470000001", name="あおぞら", address="登米市迫町佐沼2"
    )
    cast.aozora.save(update_fields=["office"])

    found = queries.groups_to_ask(cast.sato, draft, Narrowed(area="登米市 迫町"))
    assert {one.name for group in found for one in group.targets} == {place.name, cast.aozora.name}
    said = browser_of(cast.sato).get(f"{BASE}drafts/{draft.pk}/targets/").content.decode()
    assert said.index('value="栗原市"') < said.index('value="栗原市 築館"') < said.index('value="登米市 迫町"')
    assert press(browser_of(cast.sato), draft, "all", area="栗原市").status_code == 302
    assert queries.chosen_keys(draft) == {f"f:{away.pk}"}
