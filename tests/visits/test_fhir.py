"""Visiting times and visits in FHIR R4."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.schedule import Schedule
from fhir.resources.R4B.slot import Slot

from apps.visits import actions
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_request, make_slot, make_visit

# https://hl7.org/fhir/R4/valueset-slotstatus.html and .../valueset-appointmentstatus.html: the models take any word.
SLOT_STATES = {"busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error"}


@pytest.fixture
def fhir(cast, browser_of):
    def get(person, path, **asked):
        return browser_of(person).get(f"/api/v1/e/{cast.environment.slug}/fhir/{path}", asked)

    return get


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def slot(cast, facility):
    return make_slot(cast.suzuki, facility)


def found(answer) -> list[str]:
    """The ids of what a search has found."""
    assert answer.status_code == 200, answer.content
    told = Bundle.model_validate(answer.json())
    return [one.resource.id for one in told.entry or []]


def withdrawn(slot, cast):
    actions.withdraw_slot(slot=slot, reason="closed", by=cast.suzuki)


FULL = {
    "free": lambda slot, cast: None,
    "busy-tentative": lambda slot, cast: make_held(slot, cast.sato),
    "busy": lambda slot, cast: make_visit(slot, cast.sato),
    "busy-unavailable": withdrawn,
}


@pytest.mark.parametrize("status", FULL)
def test_a_time_is_a_slot_of_its_state(cast, slot, fhir, status):
    FULL[status](slot, cast)

    answer = fhir(cast.sato, f"Slot/{slot.pk}")

    told = Slot.model_validate(answer.json())
    assert answer.headers["Content-Type"].startswith("application/fhir+json")
    assert (told.status, told.start, told.end) == (status, slot.starts_at, slot.ends_at)
    assert status in SLOT_STATES
    assert told.schedule.reference == f"Schedule/{slot.facility_id}"


def test_a_time_for_two_families_is_free_while_one_of_them_comes(cast, facility, fhir):
    slot = make_slot(cast.suzuki, facility, capacity=2)
    make_visit(slot, cast.sato)

    assert fhir(cast.sato, f"Slot/{slot.pk}").json()["status"] == "free"


@pytest.mark.parametrize(
    ("make", "status", "said"), [(make_held, "pending", "tentative"), (make_visit, "booked", "accepted")]
)
def test_a_visit_is_an_appointment_of_its_state_without_a_name(cast, slot, fhir, make, status, said):
    visit = make(slot, cast.sato)

    told = Appointment.model_validate(fhir(cast.sato, f"Appointment/{visit.pk}").json())
    (facility,) = told.participant
    assert (told.status, facility.status) == (status, said)
    assert facility.actor.identifier.value == f"urn:uuid:{slot.facility_id}"


def test_a_cancelled_visit_says_why_and_what_the_facility_had_said(cast, slot, fhir):
    visit = make_visit(slot, cast.sato)
    visit = actions.cancel_visit(visit=visit, reason="full", by=cast.suzuki)

    told = Appointment.model_validate(fhir(cast.sato, f"Appointment/{visit.pk}").json())

    assert (told.status, told.participant[0].status) == ("cancelled", "declined")
    assert told.cancelationReason.text == visit.get_ended_reason_display()


def test_a_time_that_a_facility_is_asked_for_is_proposed(cast, facility, fhir):
    request = make_request(cast.sato, facility, times=1)

    (told,) = [one["resource"] for one in fhir(cast.sato, "Appointment").json()["entry"]]

    assert request.slots.count() == 1
    assert (told["status"], told["participant"][0]["status"]) == ("proposed", "needs-action")


def test_a_facility_is_a_schedule(cast, facility, fhir):
    told = Schedule.model_validate(fhir(cast.sato, f"Schedule/{facility.pk}").json())

    assert (told.active, told.actor[0].display) == (True, facility.name)
    assert fhir(cast.sato, "Schedule", active="false").json()["total"] == 0
    assert str(facility.pk) in found(fhir(cast.sato, "Schedule", active="true"))


def test_slots_are_found_by_facility_and_state_and_day(cast, facility, slot, fhir):
    later = make_slot(cast.suzuki, facility, starts_at=slot.starts_at + timedelta(days=2))
    elsewhere = make_slot(cast.suzuki)
    make_visit(slot, cast.sato)
    day = timezone.localdate(later.starts_at)

    assert found(fhir(cast.sato, "Slot", schedule=f"Schedule/{facility.pk}")) == [str(slot.pk), str(later.pk)]
    assert found(fhir(cast.sato, "Slot", schedule=str(facility.pk), status="free")) == [str(later.pk)]
    assert str(elsewhere.pk) in found(fhir(cast.sato, "Slot"))
    for asked in (f"{day}", f"ge{day}", f"gt{day - timedelta(days=1)}"):
        assert str(later.pk) in found(fhir(cast.sato, "Slot", start=asked))
        assert str(slot.pk) not in found(fhir(cast.sato, "Slot", start=asked))
    for asked in (f"lt{day}", f"le{day - timedelta(days=1)}"):
        assert str(later.pk) not in found(fhir(cast.sato, "Slot", start=asked))
    assert found(fhir(cast.sato, "Slot", start=later.starts_at.isoformat(timespec="seconds"))) == [str(later.pk)]


def test_both_ends_of_a_span_narrow(cast, facility, slot, fhir):
    day = timezone.localdate(slot.starts_at)
    inside = [f"ge{day}", f"lt{day + timedelta(days=1)}"]

    assert found(fhir(cast.sato, "Slot", start=inside)) == [str(slot.pk)]
    assert found(fhir(cast.sato, "Slot", start=[f"gt{day}", f"lt{day + timedelta(days=1)}"])) == []


def test_a_long_answer_comes_in_pages(cast, facility, fhir):
    first = timezone.now() + timedelta(days=3)
    made = [make_slot(cast.suzuki, facility, starts_at=first + timedelta(hours=2 * nth)) for nth in range(60)]

    one = fhir(cast.sato, "Slot", schedule=str(facility.pk), nobody="knows")
    told = Bundle.model_validate(one.json())
    link = {each.relation: each.url for each in told.link}
    assert (told.total, len(told.entry), "nobody" in link["self"]) == (60, 50, False)

    two = fhir(cast.sato, "Slot", schedule=str(facility.pk), page=2)
    assert link["next"].endswith(f"/fhir/Slot?schedule={facility.pk}&page=2")
    assert found(one) + found(two) == [str(slot.pk) for slot in made]
    assert [each.relation for each in Bundle.model_validate(two.json()).link] == ["self", "previous"]


def test_an_appointment_is_found_by_day_state_and_slot(cast, slot, fhir):
    visit, other = make_visit(slot, cast.sato), make_held(make_slot(cast.suzuki), cast.sato)

    assert found(fhir(cast.sato, "Appointment", status="booked")) == [str(visit.pk)]
    assert found(fhir(cast.sato, "Appointment", slot=f"Slot/{slot.pk}")) == [str(visit.pk)]
    assert set(found(fhir(cast.sato, "Appointment", status="booked,pending"))) == {str(visit.pk), str(other.pk)}
    assert found(fhir(cast.sato, "Appointment", date=f"lt{timezone.localdate()}")) == []


def test_a_search_finds_only_what_the_caller_may_read(cast, slot, fhir):
    held = make_held(slot, cast.sato)

    assert found(fhir(cast.sato, "Appointment")) == [str(held.pk)]
    assert found(fhir(cast.suzuki, "Appointment")) == []


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("Slot", {"start": "tomorrow"}),
        ("Slot", {"start": "2026-02-30"}),
        ("Slot", {"start": "2026-11-23T10:00:00"}),
        ("Slot", {"status": "open"}),
        ("Slot", {"schedule": "Schedule/1"}),
        ("Slot", {"start": "9" * 300}),
        ("Schedule", {"active": "yes"}),
        ("Appointment", {"slot": "Slot/x"}),
    ],
)
def test_a_search_that_cannot_be_read_is_refused_with_its_parameter(cast, fhir, kind, asked):
    answer = fhir(cast.sato, kind, **asked)

    told = OperationOutcome.model_validate(answer.json())
    assert (answer.status_code, told.issue[0].code) == (400, "invalid")
    assert next(iter(asked)) in told.issue[0].diagnostics


def test_what_can_be_asked_is_said(cast, fhir):
    told = CapabilityStatement.model_validate(fhir(cast.sato, "metadata").json())

    assert told.fhirVersion == "4.0.1"
    assert {one.type for one in told.rest[0].resource} == {"Schedule", "Slot", "Appointment"}


def test_what_is_hidden_and_what_is_missing_is_the_same_outcome(cast, slot, fhir):
    held = make_held(slot, cast.sato)

    hidden = fhir(cast.suzuki, f"Appointment/{held.pk}")
    missing = fhir(cast.suzuki, f"Appointment/{uuid.uuid4()}")

    assert (hidden.status_code, hidden.json()) == (404, missing.json())
    assert OperationOutcome.model_validate(hidden.json()).issue[0].code == "not-found"
