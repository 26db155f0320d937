"""Individual numbers are found wherever they are typed, and other numbers are left in peace."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.my_number import holds_individual_number, individual_number_checks, no_individual_number


@pytest.mark.parametrize(
    ("eleven", "digit"),
    # Σ Pn·Qn = 212, remainder 3; 47, remainder 3; 2, remainder 2; 12, remainder 1; 6, remainder 6.
    [("12345678901", 8), ("11111111111", 8), ("00000000001", 9), ("00000000006", 0), ("10000000000", 5)],
)
def test_the_check_digit_is_that_of_the_ordinance(eleven, digit):
    sums = [int(one) * (n + 1 if n <= 6 else n - 5) for n, one in enumerate(reversed(eleven), start=1)]
    rest = sum(sums) % 11
    assert digit == (0 if rest <= 1 else 11 - rest)
    assert [last for last in range(10) if individual_number_checks(f"{eleven}{last}")] == [digit]


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_every_eleven_digits_have_exactly_one_check_digit(eleven):
    assert sum(individual_number_checks(f"{eleven}{last}") for last in range(10)) == 1


@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.integers(0, 10), st.integers(1, 9))
def test_one_mistyped_digit_among_the_first_eleven_is_noticed_or_falls_into_the_shared_zero(eleven, place, more):
    # Remainders 0 and 1 share the digit 0: only there may another digit pass.
    [last] = [one for one in range(10) if individual_number_checks(f"{eleven}{one}")]
    changed = f"{eleven[:place]}{(int(eleven[place]) + more) % 10}{eleven[place + 1 :]}{last}"
    assert not individual_number_checks(changed) or last == 0


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890188", "12345678901a", "１２３４５６７８９０１８", "²" * 12]
)
def test_what_is_not_twelve_plain_digits_is_no_number(text):
    assert not individual_number_checks(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456789018",
        "番号は123456789018です",
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４　５６７８　９０１８",
        "１２３４５６７８９０１８",
        "1234‐5678‐9018",
        "1234ー5678ー9018",
        "1234−5678−9018",
        "No.123456789018/2",
        "123456789018 3",
        "a123456789018f",
        "0a1b2c3d-123456789018",
        "山田\n123456789018",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert holds_individual_number(text)
    with pytest.raises(ValidationError) as told:
        no_individual_number(text)
    assert "9018" not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789019",
        "0123456789",
        "03-1234-5678",
        "1234567890181",
        "9123456789018",
        "1234-5678-9018-1234",
        "1234 5678 9018 1234",
        "1234-5678 9018",
        "12-3456-789018",
        "佐々木 ハナ",
        "二通目447699af-b521-4502-9dca-123456789018",
        "447699AF-1234-5678-9018-C06263170446",
        "0a1b2c3d4e5f123456789018a1b2c3d4",
    ],
)
def test_other_numbers_are_left_in_peace(text):
    assert not holds_individual_number(text)
    no_individual_number(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text):
    holds_individual_number(text)
