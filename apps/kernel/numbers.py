"""Whole numbers that somebody sends as text."""

# So many digits fit a database's number and a screen's number, whatever stands in them.
MOST_DIGITS = 15


def whole_number(text: str) -> int | None:
    """What plain digits say; None for everything else, and for more digits than any number of the house has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
