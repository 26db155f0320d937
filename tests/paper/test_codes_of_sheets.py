"""The short code of a sheet is read aloud, typed, and never taken for another one."""

import pytest

from apps.paper.codes import ALPHABET, LENGTH, code_in, in_groups, is_code, new_code
from apps.paper.refusals import CodeMistyped

CODE = "34679ACD"


def test_a_new_code_is_a_code():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(is_code(code) and len(code) == LENGTH for code in codes)


def test_no_sign_is_mistaken_for_another():
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")


def test_any_one_wrong_sign_is_noticed():
    code = new_code()
    wrong = [code[:at] + sign + code[at + 1 :] for at in range(LENGTH) for sign in ALPHABET if sign != code[at]]

    assert not any(is_code(one) for one in wrong)


def test_any_two_signs_swapped_are_noticed():
    code = new_code()

    for left in range(LENGTH):
        for right in range(left + 1, LENGTH):
            signs = list(code)
            signs[left], signs[right] = signs[right], signs[left]
            assert signs == list(code) or not is_code("".join(signs))


@pytest.mark.parametrize("written", [str.lower, in_groups, lambda code: f"  {code[:3]} {code[3:6]}　{code[6:]} "])
def test_a_code_is_known_however_it_is_typed(written):
    code = new_code()

    assert code_in(written(code)) == code


def test_wide_letters_are_the_same_code():
    code = new_code()

    assert code_in("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code


@pytest.mark.parametrize("typed", ["", "ABC", "0OIL1ZS8B", "' OR 1=1 --", "ア" * 9, "3" * 500])
def test_what_can_be_no_code_is_told_so(typed):
    with pytest.raises(CodeMistyped):
        code_in(typed)
