"""Individual numbers (マイナンバー): found wherever somebody types one, because they must never be stored here (L6)."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from apps.kernel.refusals import IndividualNumber

HYPHENS = re.compile("[‐‑‒–—―−－⁻ーｰ˗⁃﹣]")
# The names and keys that programs make (UUID, or a run of hexadecimal signs that nobody types): three in ten
# thousand hold twelve digits that check out, and an address pasted into talk is no individual number.
MADE = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,64})(?![0-9a-z])",
    re.IGNORECASE | re.ASCII,
)
# Twelve digits in a row, or in three groups of four as they stand on the card; no part of a longer number.
PLAIN = re.compile(r"(?<!\d)\d{12}(?!\d)")
GROUPED = re.compile(r"(?<!\d)(?<!\d[- ])\d{4}([- ])\d{4}\1\d{4}(?!\d)(?!\1\d)")


def individual_number_checks(digits: str) -> bool:
    """True for twelve digits whose last is the check digit of the eleven before it.

    11 − (Σ Pn·Qn mod 11), or 0 where the remainder is 0 or 1; Pn counts from the right, Qn is n + 1 up to the sixth and
    n − 5 after it (番号法施行規則: 平成26年総務省令85号 5条).
    """
    if not re.fullmatch(r"[0-9]{12}", digits):
        return False
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def holds_individual_number(text: str) -> bool:
    """Whether an individual number stands anywhere in the text, in any width, in one piece or in groups of four.

    The digits inside a name that a program made (a UUID, a key in hexadecimal) are no number of a person.
    """
    # Hyphens first: the compatibility form of some is another sign.
    plain = MADE.sub(" … ", unicodedata.normalize("NFKC", HYPHENS.sub("-", text)))
    found = [match[0] for pattern in (PLAIN, GROUPED) for match in pattern.finditer(plain)]
    return any(individual_number_checks(re.sub(r"\D", "", one)) for one in found)


def no_individual_number(text: object) -> None:
    """A validator for forms and serializers; what it says repeats no digit."""
    if holds_individual_number(str(text)):
        raise ValidationError(IndividualNumber.sentence, code=IndividualNumber.code)


def check_no_individual_number(*texts: str) -> None:
    """The same for verbs, whoever calls them."""
    if any(holds_individual_number(text) for text in texts):
        raise IndividualNumber
