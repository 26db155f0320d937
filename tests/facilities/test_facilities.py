"""Which facilities there are: from the directory, or by hand; and who sees which, and whose answers."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django_scopes import scope

from apps.audit.models import Entry
from apps.directory.models import Office, OfficeService
from apps.facilities import access, actions
from apps.facilities.models import Facility, PickUpArea, SchoolDistrict, Shown
from apps.facilities.refusals import DistrictKnown, DistrictUnknown, FacilityKnown
from apps.kernel.refusals import NotAllowed, NotHere
from tests.facilities.makers import make_answer, make_area, make_board_policy, make_district, make_facility, make_kind

BY_HAND = {"name": "こども園 そら", "age_groups": ["preschool"]}


def make_service(number: str, code: str = "63", **fields: object) -> OfficeService:
    name = f"つくし {number}"
    office, _ = Office.objects.get_or_create(
        system="shogai", office_number=number, defaults={"name": name, "sort_kana": "ツクシ", "search_text": "ツクシ"}
    )
    about = {"name": name, "search_text": "ツクシ", "prefecture_code": "03", "valid_from": date(2026, 1, 1)}
    return OfficeService.objects.create(office=office, kind=make_kind(code), **{**about, **fields})


# -- writing down


def test_services_of_the_directory_are_written_down_as_they_are_published(cast):
    service = make_service(
        "0350600001", "65", capacity=10, phone="0197-00-0001", latitude=39.3, longitude=141.1, address="さくら川市1"
    )

    [facility] = actions.register_from_directory(services=[service], by=cast.tanaka)

    assert (facility.name, facility.capacity, facility.office) == (service.name, 10, service.office)
    assert (facility.age_groups, facility.phone) == (["primary", "secondary"], "0197000001")
    assert Entry.objects.get(verb="facilities.registered").subject_id == str(facility.pk)


def test_each_service_of_an_office_is_a_facility_and_stands_once(cast):
    services = [make_service("0350600001", "63"), make_service("0350600001", "65"), make_service("0350600002", "63")]
    actions.register_from_directory(services=services[:1], by=cast.tanaka)

    made = actions.register_from_directory(services=[*services, *services], by=cast.tanaka)

    assert len(made) == 2
    assert Facility.objects.count() == 3


def test_a_service_whose_office_takes_part_belongs_to_its_organization(cast):
    service = make_service("0350600001")
    cast.hidamari.office = service.office
    cast.hidamari.save(update_fields=["office"])

    [facility] = actions.register_from_directory(services=[service], by=cast.tanaka)

    assert facility.organization == cast.hidamari


def test_many_services_take_few_questions(cast, django_assert_max_num_queries):
    services = [make_service(f"03506{number:05}") for number in range(12)]

    # One entry of the ledger each, and the same few questions before them.
    with django_assert_max_num_queries(9 + 2 * 12):
        actions.register_from_directory(services=services, by=cast.tanaka)


def test_a_facility_written_by_hand_stands_once(cast):
    district = make_district(cast.ito)
    facility = actions.register_by_hand(about={**BY_HAND, "kind": make_kind()}, districts=[district.pk], by=cast.tanaka)

    assert list(facility.districts.all()) == [district]
    assert not facility.has_account
    with pytest.raises(FacilityKnown):
        actions.register_by_hand(about={**BY_HAND, "kind": make_kind()}, by=cast.tanaka)


@pytest.mark.parametrize("person", ["sato", "ishii", "matsumoto"])
def test_only_the_desk_and_the_admin_write_facilities_down(cast, person):
    facility = make_facility(cast.tanaka)
    for deed in (
        lambda: actions.register_by_hand(about={**BY_HAND, "kind": make_kind()}, by=cast[person]),
        lambda: actions.register_from_directory(services=[], by=cast[person]),
        lambda: actions.change_facility(facility=facility, about={}, districts=[], by=cast[person]),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_what_is_known_is_said_anew_and_the_ledger_says_which_part(cast):
    facility = make_facility(cast.tanaka, capacity=10)
    before, after = make_district(cast.ito), make_district(cast.ito)
    make_area(facility, before)

    changed = actions.change_facility(
        facility=facility, about={"capacity": 12, "name": facility.name}, districts=[after.pk], by=cast.tanaka
    )

    assert (changed.capacity, list(changed.districts.all())) == (12, [after])
    assert Entry.objects.get(verb="facilities.changed").detail == {"changed": ["capacity", "districts"]}


def test_saying_the_same_again_is_no_change(cast):
    facility = make_facility(cast.tanaka, capacity=10)

    actions.change_facility(facility=facility, about={"capacity": 10}, districts=[], by=cast.tanaka)

    assert not Entry.objects.filter(verb="facilities.changed").exists()


def test_a_district_of_another_environment_is_no_pick_up_area(cast):
    with scope(environment=cast.elsewhere):
        theirs = make_district(cast.watanabe).pk
    facility = make_facility(cast.tanaka)

    with pytest.raises(DistrictUnknown):
        actions.change_facility(facility=facility, about={}, districts=[theirs], by=cast.tanaka)


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("a_facility_has_a_name", {"name": ""}),
        ("an_unknown_capacity_is_null", {"capacity": 0}),
        ("a_facility_takes_known_age_groups", {"age_groups": ["old"]}),
        ("a_postal_code_has_seven_digits_or_none", {"postal_code": "123"}),
        ("a_facility_is_in_japan_or_unknown", {"latitude": 39.0}),
        ("a_facility_is_in_japan_or_unknown", {"latitude": 1.0, "longitude": 140.0}),
    ],
)
def test_the_database_refuses_a_facility_that_cannot_be(cast, promise, fields):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        make_facility(cast.tanaka, **fields)


def test_a_facility_is_never_removed_nor_handed_to_another_office(cast):
    facility = make_facility(cast.tanaka)

    for change in ({"registered_by": cast.ito}, {"environment": cast.elsewhere}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Facility.objects.filter(pk=facility.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Facility.objects.filter(pk=facility.pk).delete()


# -- school districts


def test_the_admin_keeps_the_list_of_school_districts(cast):
    district = actions.add_district(name="さくら川小学校区", number=1, by=cast.ito)
    facility = make_facility(cast.tanaka)
    make_area(facility, district)

    actions.change_district(district=district, name="桜川小学校区", number=2, by=cast.ito)
    assert SchoolDistrict.objects.get().name == "桜川小学校区"
    actions.remove_district(district=district, by=cast.ito)

    assert not SchoolDistrict.objects.exists()
    assert not PickUpArea.objects.exists()
    assert Entry.objects.get(verb="facilities.district_removed").detail == {"facilities": 1}


def test_a_name_stands_once_in_the_list(cast):
    other = make_district(cast.ito)
    make_district(cast.ito, "さくら川小学校区")

    with pytest.raises(DistrictKnown):
        actions.add_district(name="さくら川小学校区", number=1, by=cast.ito)
    with pytest.raises(DistrictKnown):
        actions.change_district(district=other, name="さくら川小学校区", number=1, by=cast.ito)


@pytest.mark.parametrize("person", ["tanaka", "sato"])
def test_nobody_but_the_admin_keeps_districts_or_publishes_the_board(cast, person):
    with pytest.raises(NotAllowed):
        actions.add_district(name="さくら川小学校区", number=1, by=cast[person])
    with pytest.raises(NotAllowed):
        actions.publish_board(shown_to=Shown.EVERYBODY, by=cast[person])


# -- who sees what


@pytest.fixture
def two(cast):
    """takahashi's facility, and one that has only a FAX; both have answered."""
    own = make_facility(cast.tanaka, organization=cast.takahashi.organization)
    other = make_facility(cast.tanaka)
    make_answer(own, by=cast.takahashi)
    make_answer(other, by=None)
    return own, other


SEES_ALL = {
    "city": {"tanaka", "ito", "ishii"},
    "partners": {"tanaka", "ito", "ishii", "sato", "suzuki"},
    "everybody": {"tanaka", "ito", "ishii", "sato", "suzuki", "takahashi"},
}


@pytest.mark.parametrize("shown", SEES_ALL)
@pytest.mark.parametrize("person", ["tanaka", "ito", "ishii", "sato", "suzuki", "takahashi", "matsumoto", "kobayashi"])
def test_answers_are_seen_by_those_to_whom_the_board_is_shown(cast, two, shown, person):
    own, other = two
    actions.publish_board(shown_to=Shown(shown), by=cast.ito)
    member, sees = cast[person], person in SEES_ALL[shown]

    assert access.can_see_answers(member, other) is sees
    assert access.answers_visible_to(member, other).exists() is sees
    assert access.can_see_answers(member, own) is (sees or person == "takahashi")
    answered = set(access.facilities_with_answers_for(member))
    assert answered == ({own, other} if sees else {own} if person == "takahashi" else set())


def test_where_nothing_was_said_partners_are_shown_the_board(cast, two):
    assert access.sees_board(cast.sato)
    assert not access.sees_board(cast.takahashi)
    make_board_policy(cast.ito, "city")
    assert not access.sees_board(cast.sato)


def test_a_guest_knows_the_facilities_of_their_own_organization_alone(cast, two):
    _own, other = two
    theirs = make_facility(cast.tanaka, organization=cast.matsumoto.organization)

    assert set(access.facilities_visible_to(cast.matsumoto)) == {theirs}
    assert access.can_answer(cast.matsumoto, theirs)
    with pytest.raises(NotHere):
        access.facility_for(cast.matsumoto, other.pk)
    assert access.facility_for(cast.sato, other.pk) == other


def test_a_facility_of_another_environment_is_not_here(cast):
    with scope(environment=cast.elsewhere):
        theirs = make_facility(cast.watanabe)

    with pytest.raises(NotHere):
        access.facility_for(cast.ito, theirs.pk)
    with scope(environment=cast.elsewhere):
        assert access.facility_for(cast.watanabe, theirs.pk) == theirs
