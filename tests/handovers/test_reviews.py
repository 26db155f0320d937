"""C6: the quarterly review. Everybody is asked about; what nobody answers for is suspended after fourteen days."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.environments.models import Member, Role
from apps.handovers import actions
from apps.handovers.models import Answer, Review, ReviewedPlace
from apps.handovers.refusals import NobodyToReview, NoReviewer, NotAllAnswered, OwnPlace, ReviewClosed, ReviewOpen
from apps.handovers.tasks import look_after_reviews
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from tests import makers
from tests.handovers.addresses import address


@pytest.fixture
def review(cast):
    return actions.start_review(by=cast.ito)


def place_of(review, member):
    return ReviewedPlace.objects.get(review=review, member=member)


def say(review, by, **said):
    """`say(review, cast.ito, keep=[…], suspend=[…])`: answer for these people."""
    answers = {place_of(review, one).pk: answer for answer, people in said.items() for one in people}
    return actions.answer(review=review, answers=answers, by=by)


def fresh(member):
    return Member.objects.get(pk=member.pk)


# -- what is asked


def test_everybody_with_a_place_is_asked_about_but_the_only_admin(cast, review):
    asked = {one.member for one in ReviewedPlace.objects.filter(review=review).select_related("member")}

    assert {cast.sato, cast.takahashi, cast.ishii, cast.matsumoto} <= asked
    assert not {cast.ito, cast.mori} & asked


def test_of_two_admins_each_answers_for_the_other(cast):
    other = makers.make_member(cast.city, role=Role.ADMIN)
    review = actions.start_review(by=cast.ito)

    with pytest.raises(OwnPlace):
        say(review, cast.ito, keep=[cast.ito])
    assert say(review, other, keep=[cast.ito]) == 1


def test_numbers_and_the_last_use_stand_beside_the_question(cast):
    audit.looked(verb="clients.listed", by=cast.sato)
    review = actions.start_review(by=cast.ito)

    sato, takahashi = place_of(review, cast.sato), place_of(review, cast.takahashi)
    assert (sato.clients, sato.rooms) == (1, 1)
    assert (takahashi.clients, takahashi.rooms, takahashi.last_used_at) == (0, 0, None)
    assert sato.last_used_at is not None


def test_who_was_not_here_for_ninety_days_is_marked(cast):
    Member.objects.filter(pk=cast.takahashi.pk).update(valid_from=timezone.now() - timedelta(days=91))
    review = actions.start_review(by=cast.ito)

    assert place_of(review, cast.takahashi).is_unused
    assert not place_of(review, cast.sato).is_unused


def test_one_review_at_a_time(cast, review):
    with pytest.raises(ReviewOpen):
        actions.start_review(by=cast.ito)
    with pytest.raises(IntegrityError, match="one_review_at_a_time"), transaction.atomic():
        makers.make_review(cast.ito, [])


def test_a_review_asks_about_somebody(cast):
    Member.objects.exclude(pk=cast.ito.pk).filter(valid_to=None).update(valid_to=timezone.now())
    with pytest.raises(NobodyToReview):
        actions.start_review(by=cast.ito)


# -- answers


def test_an_answer_is_recorded_with_who_and_when(cast, review):
    say(review, cast.ito, keep=[cast.sato])

    place = place_of(review, cast.sato)
    assert (place.answer, place.answered_by, place.answered_at is not None) == ("keep", cast.ito, True)
    entry = Entry.objects.get(verb="handovers.review_answered")
    assert (entry.member_id, entry.subject_id) == (cast.ito.pk, str(cast.sato.pk))


def test_suspend_closes_the_place_at_once_and_keep_opens_it_again(cast, review):
    say(review, cast.ito, suspend=[cast.sato])
    assert fresh(cast.sato).is_suspended

    say(review, cast.ito, keep=[cast.sato])
    assert fresh(cast.sato).is_current


def test_the_same_answer_again_changes_nothing(cast, review):
    assert say(review, cast.ito, suspend=[cast.sato]) == 1
    assert say(review, cast.ito, suspend=[cast.sato]) == 0


def test_a_reviewer_answers_for_the_others_of_their_organization_only(cast, review):
    okada = makers.make_member(cast.hidamari, name="岡田 実", kana="おかだ みのる")
    actions.name_reviewer(review=review, organization=cast.hidamari, member=okada, by=cast.ito)

    assert say(review, okada, keep=[cast.sato]) == 1
    with pytest.raises(NotAllowed):
        say(review, okada, keep=[cast.suzuki])
    assert Notification.objects.filter(receiver=okada, path__endswith=f"/reviews/{review.pk}/").exists()


@pytest.mark.parametrize("person", ["suzuki", "mori"])
def test_a_reviewer_is_somebody_of_the_organization_now(cast, review, person):
    with pytest.raises(NoReviewer):
        actions.name_reviewer(review=review, organization=cast.hidamari, member=cast[person], by=cast.ito)


@pytest.mark.parametrize("person", ["sato", "tanaka", "ishii"])
def test_nobody_else_answers(cast, review, person):
    with pytest.raises(NotAllowed):
        say(review, cast[person], keep=[cast.takahashi])
    with pytest.raises(NotAllowed):
        actions.start_review(by=cast[person])


def test_the_database_lets_nobody_answer_for_themselves(cast, review):
    with pytest.raises(IntegrityError, match="nobody_answers_for_themselves"), transaction.atomic():
        ReviewedPlace.objects.filter(member=cast.sato).update(
            answer="keep", answered_at=timezone.now(), answered_by=cast.sato
        )


# -- the end


def all_but(review, *people):
    return [one.member for one in ReviewedPlace.objects.filter(review=review) if one.member not in people]


def test_a_review_is_closed_when_everything_is_answered_and_takes_no_answer_after(cast, review):
    with pytest.raises(NotAllAnswered):
        actions.finish(review=review, by=cast.ito)
    say(review, cast.ito, keep=all_but(review))
    actions.finish(review=review, by=cast.ito)

    review.refresh_from_db()
    assert (review.is_open, review.closed_by) == (False, cast.ito)
    with pytest.raises(ReviewClosed):
        say(review, cast.ito, suspend=[cast.sato])


def test_somebody_who_left_meanwhile_needs_no_answer(cast, review):
    say(review, cast.ito, keep=all_but(review, cast.takahashi))
    actions.leave(member=cast.takahashi, successor=None, by=cast.ito)

    actions.finish(review=review, by=cast.ito)


def on_day(days):
    return time_machine.travel(timezone.localtime().replace(hour=0, minute=5) + timedelta(days=days), tick=False)


def test_what_nobody_answered_for_is_suspended_after_fourteen_days_and_nothing_is_deleted(cast, review):
    say(review, cast.ito, keep=all_but(review, cast.sato, cast.suzuki))

    with on_day(14):
        look_after_reviews(timestamp=0)
        assert fresh(cast.sato).is_current
    with on_day(15):
        look_after_reviews(timestamp=0)
        look_after_reviews(timestamp=0)
        assert fresh(cast.sato).is_suspended
        assert fresh(cast.suzuki).is_suspended
        assert fresh(cast.takahashi).is_current

    assert place_of(review, cast.sato).answer == Answer.LAPSED
    assert Entry.objects.get(verb="handovers.review_closed").detail == {"suspended": 2}
    assert not Review.objects.filter(closed_at=None).exists()


def test_the_last_admin_stays_whatever_is_unanswered(cast):
    makers.make_member(cast.city, role=Role.ADMIN)
    actions.start_review(by=cast.ito)

    with on_day(15):
        look_after_reviews(timestamp=0)
        assert Member.objects.current().with_role(Role.ADMIN).count() == 1


def test_three_days_before_it_is_due_those_who_are_asked_are_told_once(cast, review):
    actions.name_reviewer(review=review, organization=cast.hidamari, member=cast.sato, by=cast.ito)
    Notification.objects.all().delete()

    for day in (11, 12, 12, 13):
        with on_day(day):
            look_after_reviews(timestamp=0)

    told = Notification.objects.filter(path__endswith=f"/reviews/{review.pk}/")
    assert sorted(one.receiver_id for one in told) == sorted([cast.ito.pk, cast.sato.pk])


# -- the pages


def test_answers_are_saved_as_they_are_given_and_found_again(cast, review, browser_of):
    browser = browser_of(cast.ito)
    url = address("review", cast, review_id=review.pk)
    place = place_of(review, cast.sato)

    told = browser.post(url, {f"answer-{place.pk}": "keep"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in told
    assert 'value="1"' in told
    assert 'value="keep" checked' in browser.get(url).content.decode()


def test_one_press_keeps_a_whole_organization_without_touching_answers_given(cast, review, browser_of):
    okada = makers.make_member(cast.hidamari, name="岡田 実", kana="おかだ みのる")
    ReviewedPlace.objects.create(environment=cast.environment, review=review, member=okada, clients=0, rooms=0)
    say(review, cast.ito, suspend=[okada])

    sent = {"keep_all": str(cast.hidamari.pk), f"answer-{place_of(review, okada).pk}": "suspend"}
    browser_of(cast.ito).post(address("review", cast, review_id=review.pk), sent)

    assert place_of(review, cast.sato).answer == "keep"
    assert place_of(review, okada).answer == "suspend"
    assert place_of(review, cast.suzuki).answer == ""


def test_the_page_shows_numbers_and_no_client(cast, review, browser_of):
    page = browser_of(cast.ito).get(address("review", cast, review_id=review.pk)).content.decode()

    assert cast.sato.name in page
    assert cast.hana.name not in page
    assert str(cast.hana.pk) not in page


def test_an_auditor_reads_what_was_answered_and_has_nothing_to_press(cast, review, browser_of):
    page = browser_of(cast.ishii).get(address("review", cast, review_id=review.pk)).content.decode()

    assert cast.sato.name in page
    assert 'type="radio"' not in page
    assert "keep_all" not in page


def test_a_reviewer_sees_their_organization_only(cast, review, browser_of):
    url = address("review", cast, review_id=review.pk)
    assert browser_of(cast.sato).get(url).status_code == 404
    actions.name_reviewer(review=review, organization=cast.hidamari, member=cast.sato, by=cast.ito)

    page = browser_of(cast.sato).get(url).content.decode()
    assert cast.hidamari.name in page
    assert cast.suzuki.name not in page


def test_the_page_asks_the_same_number_of_questions_for_four_people_and_for_fifty(
    cast, browser_of, django_assert_max_num_queries
):
    for _ in range(50):
        makers.make_member(cast.aozora)
    review = actions.start_review(by=cast.ito)
    browser = browser_of(cast.ito)
    url = address("review", cast, review_id=review.pk)
    browser.get(url)

    with django_assert_max_num_queries(30):
        browser.get(url)
