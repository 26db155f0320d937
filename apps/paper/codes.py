"""The numbers on a sheet. The short code: eight signs, and a ninth that tells when one of them was misread or two were swapped."""

import re
import secrets
import unicodedata

from apps.paper.refusals import CodeMistyped

# What is mistaken for each other on paper or on the telephone is left out, both of each pair: 0 O, 1 I L, 2 Z, 5 S, 8 B,
# U V. There are 23, a prime number: so the sum below finds every single mistake and every two signs that were swapped.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 9
GROUP = 3
DASHES = dict.fromkeys(map(ord, "-‐‑–—―−ー_/.・ \t"))


def new_code() -> str:
    """A code that nobody can guess from another one."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return signs + check_sign(signs)


def check_sign(signs: str) -> str:
    return ALPHABET[-weighed(signs) % len(ALPHABET)]


def weighed(signs: str) -> int:
    """The sum over the signs, each times its place counted from the end; the check sign's own is 1 (as in ISBN-10)."""
    return sum(ALPHABET.index(sign) * (LENGTH - at) for at, sign in enumerate(signs))


def is_code(text: str) -> bool:
    return len(text) == LENGTH and all(sign in ALPHABET for sign in text) and not weighed(text) % len(ALPHABET)


def code_in(typed: str) -> str:
    """The code as it is stored, of one as it was typed: in capitals or not, in wide letters or not, with dashes or not.

    Raises CodeMistyped where it can be no code.
    """
    signs = unicodedata.normalize("NFKC", typed).upper().translate(DASHES)
    if not is_code(signs):
        raise CodeMistyped
    return signs


def in_groups(code: str) -> str:
    """As it is printed and read aloud: three times three."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def number_written(typed: str) -> str:
    """A telephone number as it is printed: half-width digits with a hyphen wherever something stood between them."""
    return re.sub(r"[^0-9]+", "-", unicodedata.normalize("NFKC", typed)).strip("-")
