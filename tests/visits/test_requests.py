"""A facility is asked for one of up to three times: it picks one, declines, or does not answer in time."""

import json
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.visits import access, actions, queries
from apps.visits.actions import Agreed, Asked
from apps.visits.models import ClosedDay, Slot, Visit, VisitRequest
from apps.visits.queries import Sought
from apps.visits.refusals import (
    AccompaniesAnother,
    DayClosed,
    DueTimeUnusable,
    FacilityReceivesNobody,
    NeedNamesTheClient,
    NothingProposed,
    NotOfTheOffice,
    NotProposed,
    ProposalsOverlap,
    ReasonMissing,
    RequestEnded,
    SlotsOverlap,
)
from apps.visits.times import Plan, Proposed, due_after, moment
from tests.facilities.makers import make_facility
from tests.visits.makers import make_overdue, make_request, make_slot, make_visit

AGREED = Agreed(contact="長女 洋子 090-0000-0000", signer="family", signer_name="佐々木 洋子", relation="長女")


@pytest.fixture
def facility(cast):
    """Of takahashi's organization, which publishes no time and cares for nobody of the cast."""
    return make_facility(cast.takahashi, organization=cast.takahashi.organization, name="こどもの家 つくし")


def told(person):
    return set(Notification.objects.filter(receiver=person).values_list("sentence", flat=True))


def hour(days=40, hours=0, lasts=60):
    begins = timezone.now() + timedelta(days=days, hours=hours)
    return Proposed(begins, begins + timedelta(minutes=lasts))


def asked(*times, **about):
    due = timezone.now() + timedelta(days=1)
    return Asked(times=times, **{"due_at": due, "age_group": "adult", **about})


# -- proposing


def test_three_times_are_proposed_and_the_facility_is_told(cast, facility):
    request = make_request(cast.sato, facility)

    assert [one.proposal for one in request.slots.order_by("starts_at")] == [1, 2, 3]
    assert any("when a family may come" in sentence for sentence in told(cast.takahashi))
    assert Entry.objects.get(verb="visits.requested").detail["times"] == 3


def test_what_is_proposed_takes_the_hour_of_the_facility(cast, facility):
    first = make_request(cast.sato, facility).slots.order_by("proposal").first()

    with pytest.raises(ProposalsOverlap):
        actions.propose(facility=facility, asked=asked(Proposed(first.starts_at, first.ends_at)), by=cast.tanaka)
    with pytest.raises(IntegrityError, match="slots_of_a_facility_never_overlap"), transaction.atomic():
        make_slot(cast.takahashi, facility, starts_at=first.starts_at)


def test_what_is_proposed_takes_who_would_come_along(cast, facility):
    first = make_request(cast.sato, facility, member=cast.sato).slots.order_by("proposal").first()
    other = make_facility(cast.tanaka)

    with pytest.raises(AccompaniesAnother):
        make = asked(Proposed(first.starts_at, first.ends_at), member=cast.sato)
        actions.propose(facility=other, asked=make, by=cast.sato)
    assert not VisitRequest.objects.filter(facility=other).exists()


def test_nobody_else_finds_or_books_what_is_proposed(cast, facility):
    make_request(cast.sato, facility)

    assert queries.next_times(cast.tanaka, Sought()) == []
    assert queries.visits_of(cast.sato) == []


@pytest.mark.parametrize(
    ("refusal", "times", "about"),
    [
        (NothingProposed, lambda: (), {}),
        (NothingProposed, lambda: tuple(hour(hours=2 * nth) for nth in range(4)), {}),
        (NothingProposed, lambda: (hour(days=-1),), {}),
        (NothingProposed, lambda: (hour(lasts=-30),), {}),
        (ProposalsOverlap, lambda: (hour(), hour(lasts=30)), {}),
        (DueTimeUnusable, lambda: (hour(),), {"due_at": timedelta(days=-1)}),
        (DueTimeUnusable, lambda: (hour(),), {"due_at": timedelta(days=50)}),
    ],
)
def test_what_cannot_be_asked_is_refused_whole(cast, facility, refusal, times, about):
    about = {name: timezone.now() + value for name, value in about.items()}

    with pytest.raises(refusal):
        actions.propose(facility=facility, asked=asked(*times(), **about), by=cast.sato)

    assert not VisitRequest.objects.exists() and not Slot.objects.exists()


def test_a_closed_facility_and_a_closed_day_are_asked_for_nothing(cast, facility):
    one = hour()
    day = timezone.localdate(one.starts_at)
    about = {"environment": cast.environment, "closed_by": cast.takahashi, "reason": "staff"}
    ClosedDay.objects.create(facility=facility, day=day, **about)
    with pytest.raises(DayClosed):
        actions.propose(facility=facility, asked=asked(one), by=cast.sato)
    facility.closed_on = timezone.localdate()
    facility.save(update_fields=["closed_on"])

    with pytest.raises(FacilityReceivesNobody):
        actions.propose(facility=facility, asked=asked(hour(days=45)), by=cast.sato)


@pytest.mark.parametrize(("person", "refusal"), [("suzuki", None), ("ishii", NotAllowed), ("kobayashi", NotAllowed)])
def test_who_arranges_nothing_asks_nothing(cast, facility, person, refusal):
    if refusal is None:
        assert make_request(cast[person], facility).asked_by == cast[person]
    else:
        with pytest.raises(refusal):
            make_request(cast[person], facility)


def test_a_stranger_does_not_come_along_and_a_need_names_nobody(cast, facility):
    with pytest.raises(NotOfTheOffice):
        make_request(cast.sato, facility, member=cast.tanaka)
    with pytest.raises(NeedNamesTheClient):
        make_request(cast.tanaka, facility, client=cast.hana, need="ハナさんは午後")
    with pytest.raises(NotHere):
        make_request(cast.ito, facility, client=cast.hana)


# -- answering


def test_the_facility_picks_one_and_the_others_are_free_again(cast, facility):
    request = make_request(cast.sato, facility, member=cast.sato)
    first, second, third = request.slots.order_by("proposal")

    visit = actions.accept_proposal(request=request, slot=second, by=cast.takahashi)

    request.refresh_from_db()
    assert (visit.is_booked, request.outcome, visit.family_key.visit_id) == (True, "accepted", visit.pk)
    assert make_slot(cast.takahashi, facility, starts_at=first.starts_at)
    assert any("picked one of the times" in sentence for sentence in told(cast.sato))
    assert visit.room is not None and visit.accompanied_by == cast.sato
    assert third.visits.get().ended_reason == "unused"


def test_the_desk_picks_on_behalf_of_a_facility_without_members_or_with_them(cast, facility):
    request = make_request(cast.sato, facility)

    actions.accept_proposal(request=request, slot=request.slots.first(), by=cast.tanaka)

    assert any("A family will come" in sentence for sentence in told(cast.takahashi))


def test_a_request_is_answered_once(cast, facility):
    request = make_request(cast.sato, facility)
    slot = request.slots.first()
    actions.accept_proposal(request=request, slot=slot, by=cast.takahashi)

    with pytest.raises(RequestEnded):
        actions.accept_proposal(request=request, slot=slot, by=cast.takahashi)
    with pytest.raises(RequestEnded):
        actions.decline_request(request=request, reason="full", by=cast.takahashi)
    with pytest.raises(RequestEnded):
        actions.take_request_back(request=request, by=cast.sato)


def test_only_a_proposed_time_is_picked(cast, facility):
    with pytest.raises(NotProposed):
        actions.accept_proposal(
            request=make_request(cast.sato, facility), slot=make_slot(cast.takahashi, facility), by=cast.takahashi
        )


def test_the_facility_declines_with_a_reason_of_the_list(cast, facility):
    request = make_request(cast.sato, facility)
    with pytest.raises(ReasonMissing):
        actions.decline_request(request=request, reason="family", by=cast.takahashi)

    actions.decline_request(request=request, reason="needs", by=cast.takahashi)

    assert {visit.ended_reason for visit in Visit.objects.filter(slot__asked_in=request)} == {"needs"}
    assert any("at none of the times" in sentence for sentence in told(cast.sato))
    assert Entry.objects.get(verb="visits.request_ended").detail["reason"] == "needs"


def test_the_office_takes_a_request_back_and_nobody_else_does(cast, facility):
    request = make_request(cast.sato, facility)
    with pytest.raises(NotAllowed):
        actions.take_request_back(request=request, by=cast.tanaka)

    actions.take_request_back(request=request, by=cast.sato)

    assert any("need not choose" in sentence for sentence in told(cast.takahashi))


@pytest.mark.parametrize("person", ["sato", "suzuki", "ishii"])
def test_who_does_not_speak_for_the_facility_answers_nothing(cast, facility, person):
    request = make_request(cast.sato, facility)

    with pytest.raises(NotAllowed):
        actions.accept_proposal(request=request, slot=request.slots.first(), by=cast[person])


def test_at_the_due_time_it_is_too_late_and_the_worker_tells_both(cast, facility):
    request = make_request(cast.sato, facility)
    with time_machine.travel(request.due_at, tick=False):
        with pytest.raises(RequestEnded):
            actions.accept_proposal(request=request, slot=request.slots.first(), by=cast.takahashi)

        assert (actions.end_requests(), actions.end_requests()) == (1, 0)

    request.refresh_from_db()
    assert request.outcome == "run_out"
    assert any("did not answer in time" in sentence for sentence in told(cast.sato))
    assert any("time to choose is over" in sentence for sentence in told(cast.takahashi))


def test_what_ran_out_takes_nobodys_hour_whether_or_not_it_was_ended(cast, facility):
    slot = make_overdue(cast.sato, facility, accompanied_by=cast.sato).slots.order_by("proposal").first()
    beside = make_visit(make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=slot.starts_at), cast.sato)

    assert actions.propose(facility=facility, asked=asked(Proposed(slot.starts_at, slot.ends_at)), by=cast.tanaka)
    assert actions.accompany(visit=beside, member=cast.sato, by=cast.sato).accompanied_by == cast.sato


def test_a_cancelled_visit_of_a_request_frees_the_hour_and_is_offered_to_nobody(cast, facility):
    request = make_request(cast.sato, facility)
    slot = request.slots.first()
    visit = actions.accept_proposal(request=request, slot=slot, by=cast.takahashi)

    actions.cancel_visit(visit=visit, reason="family", by=cast.sato)

    assert queries.next_times(cast.tanaka, Sought()) == []
    assert make_slot(cast.takahashi, facility, starts_at=slot.starts_at)


def test_nobody_publishes_over_a_proposal(cast, facility):
    begins = moment(timezone.localdate() + timedelta(days=30), time(10))
    actions.propose(facility=facility, asked=asked(Proposed(begins, begins + timedelta(hours=1))), by=cast.sato)
    plan = Plan(day=begins.date(), starts=time(10, 30), ends=time(11))

    with pytest.raises(SlotsOverlap):
        actions.publish_slots(facility=facility, plan=plan, by=cast.takahashi)


# -- what the facility is told of the family


def test_the_facility_sees_the_card_without_a_name_until_it_opens_the_booking(cast, facility, browser_of):
    request = make_request(cast.tanaka, facility, client=cast.hana, agreed=AGREED, age_group="adult")
    browser, here = browser_of(cast.takahashi), f"/e/{cast.environment.slug}/visits/"
    asking = browser.get(f"{here}requests/{request.pk}/").content.decode()
    assert cast.hana.name not in asking and "洋子" not in asking and "成人" in asking

    visit = actions.accept_proposal(request=request, slot=request.slots.first(), by=cast.takahashi)

    assert cast.hana.name not in browser.get(f"{here}{visit.pk}/").content.decode()
    browser.post(f"{here}{visit.pk}/opening/")
    assert cast.hana.name in browser.get(f"{here}{visit.pk}/").content.decode()
    assert cast.hana.name in browser_of(cast.tanaka).get(f"{here}requests/{request.pk}/").content.decode()


def test_a_request_is_seen_by_both_sides_and_the_city(cast, facility):
    request = make_request(cast.sato, facility)
    seeing = {name for name in ("sato", "suzuki", "takahashi", "tanaka", "ito", "ishii", "kobayashi", "matsumoto")
              if access.requests_visible_to(cast[name]).filter(pk=request.pk).exists()}  # fmt: skip

    assert seeing == {"sato", "takahashi", "tanaka", "ito", "ishii"}


# -- pages and programs


def sent(**more):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    about = {"age_group": "adult", "minutes": "60", "days": "1", "day_1": day, "starts_1": "10:00"}
    return {**about, **more}


def test_the_desk_proposes_from_its_form_and_the_facility_accepts_on_its_page(cast, facility, browser_of):
    desk, here = browser_of(cast.tanaka), f"/e/{cast.environment.slug}/"
    answer = desk.post(f"{here}facilities/{facility.pk}/visits/request/", sent())
    request = VisitRequest.objects.get()
    assert answer.url == f"{here}visits/requests/{request.pk}/"
    assert facility.name in desk.get(f"{here}visits/requests/").content.decode()

    slot = request.slots.get()
    answer = browser_of(cast.takahashi).post(f"{answer.url}acceptance/", {"slot": str(slot.pk)})

    assert answer.url == f"{here}visits/{slot.visits.get().pk}/"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"day_1": ""}, "必須"),
        ({"starts_2": "10:00"}, "提案2"),
        ({"day_1": "2020-01-06"}, "これからの時間"),
        ({"day_2": "same", "starts_2": "10:30"}, "重なって"),
        ({"need": "番号は 1234 5678 9018 です"}, "番号"),
        ({"days": "99"}, "選択"),
    ],
)
def test_what_cannot_be_proposed_is_said_beside_what_was_typed(cast, facility, browser_of, more, sentence):
    more = {name: sent()["day_1"] if value == "same" else value for name, value in more.items()}
    path = f"/e/{cast.environment.slug}/facilities/{facility.pk}/visits/request/"

    answer = browser_of(cast.tanaka).post(path, sent(**more))

    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not VisitRequest.objects.exists()


def test_an_answer_after_the_end_is_said_on_the_page(cast, facility, browser_of):
    request = make_overdue(cast.sato, facility)
    path = f"/e/{cast.environment.slug}/visits/requests/{request.pk}/"
    browser = browser_of(cast.takahashi)

    answer = browser.post(f"{path}acceptance/", {"slot": str(request.slots.first().pk)})

    assert answer.status_code == 409 and "すでに終わって" in answer.content.decode()
    assert browser.post(f"{path}acceptance/", {}).status_code == 422


def test_a_program_proposes_picks_declines_and_takes_back(cast, facility, browser_of):
    def send(person, method, path, body=None):
        ask = getattr(browser_of(person), method)
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return ask(f"/api/v1/e/{cast.environment.slug}/{path}", **more)

    def proposed(days):
        one = hour(days)
        times = [{"starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat()}]
        due = (timezone.now() + timedelta(days=1)).isoformat()
        body = {"times": times, "due_at": due, "age_group": "adult"}
        return send(cast.sato, "post", f"facilities/{facility.pk}/visit-requests/", body).json()

    first, second, third = (proposed(days) for days in (30, 31, 32))
    picked = {"slot": first["times"][0]["slot"]}
    assert (
        send(cast.takahashi, "post", f"visits/requests/{first['id']}/acceptance/", picked).json()["state"] == "booked"
    )
    declined = send(cast.takahashi, "post", f"visits/requests/{second['id']}/refusal/", {"reason": "full"}).json()
    back = send(cast.sato, "post", f"visits/requests/{third['id']}/withdrawal/").json()
    assert (declined["outcome"], back["outcome"]) == ("declined", "taken_back")
    assert send(cast.takahashi, "post", f"visits/requests/{first['id']}/acceptance/", picked).status_code == 409
    assert len(send(cast.sato, "get", "visits/requests/").json()) == 3


def test_an_answer_is_due_on_working_days_at_five():
    christmas = date(2026, 12, 25)

    assert [due_after(days, christmas, {date(2027, 1, 1)}).isoformat() for days in (1, 2)] == [
        "2026-12-28T17:00:00+09:00",
        "2027-01-04T17:00:00+09:00",
    ]


def test_the_counter_offers_to_ask_whoever_fits_and_publishes_nothing_with_what_was_looked_for(
    cast, facility, browser_of
):
    here = f"/e/{cast.environment.slug}/"
    path = f"{here}facilities/{facility.pk}/visits/request/"
    browser = browser_of(cast.tanaka)
    assert path in browser.get(f"{here}visits/find/").content.decode()

    looked_for = {"start": "1", "age_group": "primary", "need": "午後がよい", "client": str(cast.hana.pk)}
    answer = browser.post(path, looked_for)

    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "午後がよい" in shown and cast.hana.name in shown and facility.name in shown
    assert not VisitRequest.objects.exists()
