"""Answering: once for an office, whoever takes it; saved, sent, changed until the last moment."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotHere
from apps.notices.models import Notification
from apps.surveys import actions, queries
from apps.surveys.access import asked_of, recipient_for
from apps.surveys.content import Query
from apps.surveys.models import Answer, Reply, Survey
from apps.surveys.refusals import AlreadySent, AnsweredMeanwhile, NothingBefore, SurveyClosed, WrongAnswers
from apps.surveys.shipped import shipped_named
from tests import makers
from tests.surveys.makers import ANSWERS, content, make_reply, make_survey


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])


@pytest.fixture
def asked(cast, survey):
    return recipient_for(cast.suzuki, survey.pk, 1)


@pytest.fixture
def colleague(cast):
    return makers.make_member(cast.aozora, makers.make_user("nakano"), name="中野 舞", kana="なかの まい")


def test_an_answer_is_kept_in_the_shape_of_its_kind(cast, asked):
    reply = make_reply(asked, by=cast.suzuki)

    assert queries.answers_of(reply) == ANSWERS


def test_what_is_saved_is_no_answer_and_a_colleague_goes_on_with_it(cast, asked, colleague):
    saved = actions.save_reply(recipient=asked, answers={4: 2}, version=0, by=cast.suzuki)
    assert not saved.is_sent

    sent = actions.send_reply(recipient=asked, answers={1: 1, 4: 3}, version=1, by=colleague)

    assert (sent.is_sent, sent.version, sent.answered_by) == (True, 2, colleague)
    assert queries.answers_of(sent) == {1: 1, 4: 3}
    with pytest.raises(AlreadySent):
        actions.save_reply(recipient=asked, answers={1: 1}, version=2, by=cast.suzuki)


def test_of_two_who_answer_at_once_the_second_is_told_what_the_first_has_saved(cast, asked, colleague):
    first = actions.send_reply(recipient=asked, answers={1: 1}, version=0, by=cast.suzuki)

    with pytest.raises(AnsweredMeanwhile) as refused:
        actions.send_reply(recipient=asked, answers={1: 2}, version=0, by=colleague)
    assert refused.value.reply == first
    assert queries.answers_of(first) == {1: 1}


def test_an_office_has_one_reply_whatever_the_code_does(cast, asked):
    make_reply(asked, by=cast.suzuki)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(environment=cast.environment, recipient=asked, answered_by=cast.suzuki)


@pytest.mark.parametrize("person", ["takahashi", "sato", "ito", "mori", "matsumoto", "watanabe"])
def test_nobody_else_answers_for_an_office(cast, asked, person):
    with pytest.raises(NotHere):
        actions.send_reply(recipient=asked, answers=ANSWERS, version=0, by=cast[person])
    with pytest.raises(NotHere):
        recipient_for(cast[person], asked.survey_id, 1)
    assert recipient_for(cast.suzuki, asked.survey_id, 1) == asked


def test_a_draft_asks_nobody_yet(cast):
    from tests.surveys.makers import make_draft

    make_draft(by=cast.sato, asks=[cast.aozora])

    assert not asked_of(cast.suzuki).exists()


def test_answers_after_closing_are_refused_and_nothing_is_kept(cast, asked, survey):
    actions.close_survey(survey=survey, by=cast.sato)

    with pytest.raises(SurveyClosed):
        make_reply(asked, by=cast.suzuki)
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        Reply.objects.create(environment=cast.environment, recipient=asked, answered_by=cast.suzuki)


def test_answers_after_the_last_moment_are_refused_before_anybody_has_closed(cast, asked, survey):
    Survey.objects.filter(pk=survey.pk).update(opened_at=timezone.now() - timedelta(days=2), due_at=timezone.now())

    with pytest.raises(SurveyClosed):
        make_reply(asked, by=cast.suzuki)


def test_what_was_sent_can_be_changed_until_then(cast, asked):
    first = make_reply(asked, by=cast.suzuki)
    again = make_reply(asked, by=cast.suzuki, answers={1: 2, 2: "満員です"}, version=1)

    assert (again.version, again.sent_at) == (2, first.sent_at)
    assert queries.answers_of(again) == {1: 2, 2: "満員です"}


def test_what_hangs_on_another_answer_is_not_kept_where_it_is_not_asked(cast, asked):
    reply = make_reply(asked, by=cast.suzuki, answers={1: 1, 2: "満員です"})

    assert queries.answers_of(reply) == {1: 1}


def test_what_is_required_has_to_be_answered_when_it_is_sent(cast, asked):
    with pytest.raises(WrongAnswers) as refused:
        actions.send_reply(recipient=asked, answers={4: 2}, version=0, by=cast.suzuki)
    assert list(refused.value.wrong) == [1]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (1, 3),
        (1, True),
        (1, "1"),
        (3, [4]),
        (3, 1),
        (4, -1),
        (4, 100),
        (4, "2.5"),
        (4, "many"),
        (4, "1e400"),
        (4, "NaN"),
        (5, "2026-02-30"),
        (5, 7),
        (6, {"3": "yes"}),
        (6, {"1": "perhaps"}),
        (6, {"1": {}}),
        (7, "25:00"),
        (8, 6),
        (9, {"1": 4}),
        (9, {"3": 1}),
        (9, "1"),
        (99, "no such question"),
    ],
)
def test_what_is_no_answer_is_refused_beside_its_question(cast, asked, number, value):
    with pytest.raises(WrongAnswers) as refused:
        actions.send_reply(recipient=asked, answers={1: 1, number: value}, version=0, by=cast.suzuki)
    assert list(refused.value.wrong) == [number]


@pytest.mark.parametrize("said", ["あ" * 2001, "\x00", "\ud800", "1234 5678 9018"])
def test_text_that_is_too_long_or_must_not_be_kept_is_refused(cast, asked, said):
    with pytest.raises(WrongAnswers):
        actions.send_reply(recipient=asked, answers={1: 2, 2: said}, version=0, by=cast.suzuki)
    assert queries.answers_of(make_reply(asked, by=cast.suzuki, answers={1: 2, 2: "あ" * 2000}))[2]


def test_answering_settles_the_notice_for_the_whole_office(cast, asked, colleague):
    told = Notification.objects.filter(about=asked.pk)
    assert told.unseen().count() == 1

    make_reply(asked, by=cast.suzuki)

    assert told.unseen().count() == 0


def test_who_asked_is_told_once_everybody_has_answered(cast, survey, asked):
    own = Notification.objects.filter(receiver=cast.sato, path__endswith=f"/surveys/{survey.pk}/")
    make_reply(asked, by=cast.suzuki)
    assert not own.exists()

    make_reply(survey.recipients.get(number=2), by=cast.takahashi)
    make_reply(survey.recipients.get(number=2), by=cast.takahashi, version=1)

    assert own.count() == 1


def test_the_organization_that_asks_enters_what_an_office_said_and_it_is_marked(cast, survey, asked):
    with pytest.raises(NotHere):
        actions.enter_reply(recipient=asked, answers=ANSWERS, version=0, by=cast.takahashi)

    reply = actions.enter_reply(recipient=asked, answers=ANSWERS, version=0, by=cast.sato)

    assert (reply.is_proxy, reply.channel, reply.answered_by) == (True, "phone", cast.sato)
    entry = Entry.objects.get(verb="surveys.reply_sent")
    assert entry.detail == {"recipient": 1, "version": 1, "channel": "phone", "proxy": True}


def test_what_comes_without_an_account_names_nobody(asked):
    reply = actions.take_reply(recipient=asked, answers=ANSWERS, version=0, channel="code")

    assert (reply.answered_by, reply.channel, reply.is_sent) == (None, "code", True)


def test_the_same_as_last_time_is_sent_in_one_press(cast, asked):
    with pytest.raises(NothingBefore):
        actions.send_same_reply(recipient=asked, by=cast.suzuki)
    make_reply(asked, by=cast.suzuki)
    later = make_survey(by=cast.sato, asks=[cast.aozora])

    reply = actions.send_same_reply(recipient=recipient_for(cast.suzuki, later.pk, 1), by=cast.suzuki)

    assert reply.is_sent
    assert queries.answers_of(reply) == ANSWERS


def test_the_ledger_holds_no_answer(cast, asked):
    make_reply(asked, by=cast.suzuki, answers={1: 2, 2: "職員が急病のため"})

    assert "急病" not in "".join(str(entry.detail) for entry in Entry.objects.all())


def renewed(survey, cast, **changes):
    """A twin that was changed and sent."""
    twin = actions.duplicate_survey(survey=survey, by=cast.sato)
    asked_now = dataclasses.replace(queries.content_of(twin), **changes)
    twin = actions.write_content(survey=twin, content=asked_now, version=twin.version, by=cast.sato)
    due = timezone.now() + timedelta(days=7)
    twin = actions.describe_survey(survey=twin, due_at=due, published="nobody", reminder_days=[], by=cast.sato)
    return actions.open_survey(survey=twin, by=cast.sato)


def said_before(recipient):
    return queries.before(recipient, queries.asked(queries.questions_of(recipient.survey)))


def test_last_times_answers_are_found_though_the_survey_has_another_title(cast, asked, survey):
    make_reply(asked, by=cast.suzuki)
    second = renewed(survey, cast, title="12月の空き状況")
    third = renewed(second, cast, title="1月の空き状況")

    assert said_before(second.recipients.get(number=1)) == ANSWERS
    assert said_before(third.recipients.get(number=1)) == ANSWERS
    make_reply(second.recipients.get(number=1), by=cast.suzuki, answers={1: 1, 4: 9})
    assert said_before(third.recipients.get(number=1)) == {1: 1, 4: 9}


def test_a_survey_of_another_origin_and_another_title_fills_nothing_in(cast, asked):
    make_reply(asked, by=cast.suzuki)
    other = make_survey(by=cast.sato, asks=[cast.aozora], title="別の調査")

    assert said_before(other.recipients.get()) == {}


def test_last_times_answers_follow_their_questions_into_another_order(cast, asked, survey):
    make_reply(asked, by=cast.suzuki)
    first, *others = queries.content_of(survey).questions
    order = (first, *(dataclasses.replace(one, shown_if=None) for one in reversed(others)))

    twin = renewed(survey, cast, title="並べ替え", questions=order)

    filled = said_before(twin.recipients.get(number=1))
    assert filled == {1: 1, **{11 - number: value for number, value in ANSWERS.items() if number > 1}}


def test_of_two_questions_alike_each_keeps_its_own_answer(cast):
    alike = Query("text", "備考", settings={"long": True})
    survey = make_survey(by=cast.sato, asks=[cast.aozora], content=content(alike, alike))
    make_reply(survey.recipients.get(), by=cast.suzuki, answers={1: "一つ目", 2: "二つ目"})

    twin = renewed(survey, cast, title="次")

    assert said_before(twin.recipients.get()) == {1: "一つ目", 2: "二つ目"}


def test_the_origin_is_kept_though_the_survey_in_between_is_thrown_away(cast, asked, survey):
    make_reply(asked, by=cast.suzuki)
    between = actions.duplicate_survey(survey=survey, by=cast.sato)
    twin = renewed(between, cast, title="次の調査")
    actions.remove_draft(survey=between, by=cast.sato)

    assert said_before(twin.recipients.get(number=1)) == ANSWERS


def made_of_ready(cast, key, title):
    """A survey that was made of a ready one, renamed and sent to one office."""
    ready = shipped_named(key)
    draft = actions.begin_survey(content=ready.content, origin=ready.origin, by=cast.sato)
    draft = actions.write_content(
        survey=draft, content=dataclasses.replace(ready.content, title=title), version=draft.version, by=cast.sato
    )
    actions.choose_recipients(survey=draft, organizations=[cast.aozora], by=cast.sato)
    due = timezone.now() + timedelta(days=7)
    draft = actions.describe_survey(survey=draft, due_at=due, published="nobody", reminder_days=[], by=cast.sato)
    return actions.open_survey(survey=draft, by=cast.sato).recipients.get()


def first_choice(recipient):
    """An answer to the first question that offers choices."""
    one = next(one for one in queries.questions_of(recipient.survey) if one.kind == "single")
    return {one.number: 1}


@pytest.mark.parametrize(("key", "is_filled"), [("care-manager-capacity", True), ("incident-report", False)])
def test_of_a_ready_survey_last_times_answers_are_found_unless_it_is_about_one_event(cast, key, is_filled):
    november = made_of_ready(cast, key, "11月")
    told = first_choice(november)
    actions.save_reply(recipient=november, answers=told, version=0, by=cast.suzuki)
    Reply.objects.update(sent_at=timezone.now())

    december = made_of_ready(cast, key, "12月")

    assert said_before(december) == (told if is_filled else {})


def test_what_was_kept_as_a_template_belongs_with_the_survey_it_was_kept_of(cast, browser_of, asked, survey):
    make_reply(asked, by=cast.suzuki)
    kept = actions.keep_template(survey=survey, by=cast.sato)

    browser_of(cast.sato).post(f"/e/sakuragawa-care/surveys/gallery/{kept.pk}/")

    made = Survey.objects.exclude(pk=survey.pk).get()
    assert made.origin == survey.pk
