"""What the launcher says on the terminal, and how it gives up."""

import sys


class Trouble(Exception):
    """Something is missing or wrong; its text is the one sentence that tells the person what to do."""


def done(sentence: str) -> None:
    print(f"  ✓ {sentence}", flush=True)


def doing(sentence: str) -> None:
    print(f"  · {sentence} …", flush=True)


def plain(text: str = "") -> None:
    print(text, flush=True)


def give_up(trouble: Trouble) -> int:
    """Print the sentence where errors go, and return the exit status."""
    print(f"  ✗ {trouble}", file=sys.stderr, flush=True)
    return 1
