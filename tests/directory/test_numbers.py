"""Check digits and forms, with the vectors of domain.md §2.4."""

import pytest

from apps.directory.numbers import (
    corporate_number_checks,
    dialled,
    insurer_number_checks,
    lg_code_checks,
    lg_code_of,
    office_number_checks,
    office_number_has_form,
    plain,
)


@pytest.mark.parametrize("number", ["0370600017", "4671400168"])
def test_the_designation_scheme_accepts_real_office_numbers(number):
    assert office_number_checks(number)


def test_a_medical_institution_that_fails_the_designation_scheme_is_accepted_by_its_own():
    # A real one. Digits 4 to 9 are 231032: 2·2 + 3 + 0·2 + 1 + 3·2 + 2 = 16, so its digit is 4; the other scheme says 9.
    assert office_number_checks("0312310324")
    assert not office_number_checks("0312310325")


def test_a_real_office_number_that_fits_neither_scheme_fails_the_check_and_keeps_its_form():
    assert not office_number_checks("0350690010")
    assert office_number_has_form("0350690010")


@pytest.mark.parametrize("number", ["0370600018", "0370600071", "4671400186"])
def test_a_wrong_digit_or_two_swapped_ones_are_noticed(number):
    assert not office_number_checks(number)


@pytest.mark.parametrize(
    ("number", "has_form"),
    [
        ("03B0600017", True),
        ("03A0600017", True),
        ("03I0600017", False),
        ("03O0600017", False),
        ("037060001", False),
        ("", False),
    ],
)
def test_an_office_number_may_hold_a_letter_in_third_place_but_not_one_that_reads_as_a_digit(number, has_form):
    assert office_number_has_form(number) is has_form


@pytest.mark.parametrize(
    ("number", "fits"), [("1020001136162", True), ("1020001136163", False), ("2020001136162", False), ("102", False)]
)
def test_the_first_digit_of_a_corporate_number_checks_the_others(number, fits):
    assert corporate_number_checks(number) is fits


@pytest.mark.parametrize(("code", "fits"), [("032069", True), ("462144", True), ("032068", False), ("03206", False)])
def test_the_last_digit_of_a_local_government_code_checks_the_others(code, fits):
    assert lg_code_checks(code) is fits


def test_a_five_digit_code_gets_its_check_digit():
    assert [lg_code_of("03206"), lg_code_of("46214")] == ["032069", "462144"]


@pytest.mark.parametrize(("number", "fits"), [("032060", True), ("462143", True), ("032061", False), ("x", False)])
def test_insurer_numbers_have_a_check_digit_of_their_own(number, fits):
    assert insurer_number_checks(number) is fits


def test_numbers_are_read_in_any_width():
    assert plain("０３７－０６０ ００１７") == "0370600017"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0197-63-8722", "0197638722"),
        ("０１９７－６３－８７２２", "0197638722"),
        ("(0197)63-8722", "0197638722"),
        ("099-999⁻9999", "0999999999"),
        ("080-1234-5678", "08012345678"),
        ("0994-32-6163・", ""),
        ("075-661-891", ""),
        ("0197-63-8722（代）", ""),
        ("", ""),
    ],
)
def test_only_a_text_that_is_one_phone_number_is_dialled(written, digits):
    assert dialled(written) == digits
