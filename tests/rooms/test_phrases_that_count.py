"""A phrase that says what was asked for is the answer to it: nobody who pressed it is counted as missing."""

import pytest

from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.models import Acknowledgement, Handling, Reaction, ReactionKind
from apps.rooms.refusals import ConfirmedForGood, TakenAlready
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
SEEN, ON_IT = ReactionKind.SEEN, ReactionKind.ON_IT


@pytest.fixture
def said(cast):
    """sato has written in hana's room, in which suzuki and a colleague of suzuki's are."""
    cast.yoshida = makers.make_member(cast.aozora, name="吉田 空", kana="よしだ そら")
    makers.make_membership(cast.room, cast.yoshida)
    say(cast.room, cast.sato, "担当者会議は水曜の15時です。")
    return message_for(cast.sato, cast.room.pk, 1)


def react(said, by, kind):
    actions.react(message=said, kind=kind, by=by)


def take_back(said, by, kind):
    actions.take_reaction_back(message=said, kind=kind, by=by)


def confirmed():
    return list(Acknowledgement.objects.values_list("member__name", flat=True))


def handler():
    return Handling.objects.get().handler


@pytest.mark.parametrize("is_asked", [True, False])
def test_i_have_checked_it_confirms_where_that_is_asked(cast, said, is_asked):
    if is_asked:
        actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)

    for _ in range(2):
        react(said, cast.suzuki, SEEN)

    assert confirmed() == ([cast.suzuki.name] if is_asked else [])
    assert list(queries.asked_of_me(cast.suzuki)) == []
    assert Reaction.objects.get().kind == SEEN


def test_another_phrase_confirms_nothing_and_the_author_only_says_it(cast, said):
    actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)

    react(said, cast.suzuki, ReactionKind.UNDERSTOOD)
    react(said, cast.sato, SEEN)

    assert confirmed() == []
    assert Reaction.objects.count() == 2


def test_what_was_confirmed_by_it_is_not_taken_back_and_another_phrase_is(cast, said):
    actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)
    for kind in (SEEN, ReactionKind.THANKS):
        react(said, cast.suzuki, kind)

    with pytest.raises(ConfirmedForGood):
        take_back(said, cast.suzuki, SEEN)
    take_back(said, cast.suzuki, ReactionKind.THANKS)

    assert [one.kind for one in Reaction.objects.all()] == [SEEN]
    assert confirmed() == [cast.suzuki.name]


def test_what_was_said_before_the_question_can_be_taken_back_and_confirms_nothing(cast, said):
    react(said, cast.suzuki, SEEN)
    actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)
    assert confirmed() == []

    take_back(said, cast.suzuki, SEEN)

    assert not Reaction.objects.exists()


def test_i_will_see_to_it_takes_what_needs_somebody_and_gives_it_back(cast, said):
    actions.need_somebody(message=said, organization=cast.aozora, by=cast.sato)

    react(said, cast.suzuki, ON_IT)
    assert handler() == cast.suzuki

    take_back(said, cast.suzuki, ON_IT)
    assert handler() is None
    assert not Reaction.objects.exists()


def test_where_a_colleague_has_it_the_sentence_says_who_and_nothing_is_said(cast, said):
    actions.need_somebody(message=said, organization=cast.aozora, by=cast.sato)
    react(said, cast.yoshida, ON_IT)

    with pytest.raises(TakenAlready) as refused:
        react(said, cast.suzuki, ON_IT)

    assert cast.yoshida.name in refused.value.said
    assert list(Reaction.objects.values_list("member__name", flat=True)) == [cast.yoshida.name]


def test_where_nobody_is_needed_of_ones_organization_it_is_only_said(cast, said):
    actions.need_somebody(message=said, organization=cast.aozora, by=cast.sato)

    react(said, cast.sato, ON_IT)

    assert handler() is None
    assert Reaction.objects.get().member == cast.sato


def test_the_page_says_beforehand_what_a_phrase_does(cast, said, browser_of):
    page = f"{URL}{cast.room.pk}/messages/1/"
    hints = ("お願いされている確認も済みます", "あなたが担当になり")

    def told(by):
        text = browser_of(by).get(page).content.decode()
        return tuple(hint in text for hint in hints)

    assert told(cast.suzuki) == (False, False)
    actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)
    actions.need_somebody(message=said, organization=cast.aozora, by=cast.sato)
    assert told(cast.suzuki) == (True, True)
    for kind in (SEEN, ON_IT):
        react(said, cast.suzuki, kind)
    assert told(cast.suzuki) == (False, False)
    assert told(cast.sato) == (False, False)


def test_a_program_confirms_by_the_phrase_and_is_told_that_it_stays(cast, said, browser_of):
    actions.ask_to_confirm(message=said, of="everybody", by=cast.sato)
    address = f"/api/v1{URL}{cast.room.pk}/messages/1/reactions/seen/"
    browser = browser_of(cast.suzuki)

    assert browser.put(address, content_type="application/json").status_code == 204
    answer = browser.delete(address)

    assert confirmed() == [cast.suzuki.name]
    assert (answer.status_code, answer.json()["code"]) == (422, "confirmed_for_good")
