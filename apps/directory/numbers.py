"""Numbers of the field: their forms and check digits (domain.md §2.4). All of them are text: leading zeros count."""

import re
import unicodedata

OFFICE_NUMBER = re.compile(r"\d{2}[0-9A-HJ-NPR-Z]\d{7}")
PHONE = re.compile(r"0\d{9,10}")
HYPHENS = re.compile("[‐‑‒–—―−－⁻ーｰ˗⁃﹣-]")


def plain(text: str) -> str:
    """A number as typed anywhere, in half-width characters without hyphens and spaces: ０３７-1 → 0371."""
    return "".join(HYPHENS.sub("", unicodedata.normalize("NFKC", text)).split())


def luhn_sum(characters: str, *, weights: tuple[int, int]) -> int:
    """Sum of the digits of each product, letters counting A=10, B=11 …; weights alternate from the left."""
    products = (int(character, 36) * weights[place % 2] for place, character in enumerate(characters))
    return sum(divmod(product, 10)[0] + product % 10 for product in products)


def office_number_has_form(number: str) -> bool:
    return OFFICE_NUMBER.fullmatch(number) is not None


def office_number_checks(number: str) -> bool:
    """True when the check digit fits the designation scheme, or the scheme of medical institutions.

    Only ever a warning: some real offices fit neither. The medical scheme counts the fourth to ninth characters,
    weights 2, 1 from the right (MHLW's numbering of insurance medical institutions).
    """
    if not office_number_has_form(number):
        return False
    designation = (10 - luhn_sum(number[:9], weights=(2, 1)) % 10) % 10
    medical = (10 - luhn_sum(number[3:9][::-1], weights=(2, 1)) % 10) % 10
    return int(number[9]) in {designation, medical}


def corporate_number_checks(number: str) -> bool:
    """True for 13 digits whose first is 9 minus the weighted sum of the others modulo 9 (法人番号, strict)."""
    if not re.fullmatch(r"[0-9]{13}", number):
        return False
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number[1:])))
    return int(number[0]) == 9 - total % 9


def lg_code_checks(code: str) -> bool:
    """True for a six-digit code of a local government (全国地方公共団体コード, strict)."""
    return re.fullmatch(r"[0-9]{6}", code) is not None and lg_code_of(code[:5]) == code


def lg_code_of(five_digits: str) -> str:
    """The six-digit code of a local government from the five digits that postal lists write."""
    total = sum(int(digit) * weight for digit, weight in zip(five_digits, (6, 5, 4, 3, 2), strict=True))
    return f"{five_digits}{(11 - total % 11) % 10}"


def insurer_number_checks(number: str) -> bool:
    """True when the check digit of a six-digit insurer number fits; a warning, never a refusal."""
    if not re.fullmatch(r"[0-9]{6}", number):
        return False
    return int(number[5]) == (10 - luhn_sum(number[:5][::-1], weights=(2, 1)) % 10) % 10


def dialled(phone: str) -> str:
    """The digits to dial, or nothing when the text is not exactly one Japanese phone number."""
    digits = re.sub(r"[()]", "", plain(phone))
    return digits if PHONE.fullmatch(digits) else ""
