"""Eight phrases of the field that are drawn as stamps.

A stamp is a message like any other: its text is the phrase between full-width brackets, so that the API, a search, a record
and a client that draws nothing show words. Whoever types the same says the same.
"""

from functools import cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Stamp(NamedTuple):
    """A phrase, the name of its drawing and the hue (of avatars) it is drawn in."""

    drawing: str
    phrase: str
    hue: int

    @property
    def text(self) -> str:
        return f"［{self.phrase}］"


# What is said is said in Japanese to everybody, whatever language the page of the sender has.
STAMPS = (
    Stamp("understood", "承知しました", 0),
    Stamp("good_work", "お疲れさまです", 5),
    Stamp("thanks", "ありがとうございます", 6),
    Stamp("on_my_way", "向かっています", 1),
    Stamp("arrived", "到着しました", 2),
    Stamp("one_moment", "少々お待ちください", 4),
    Stamp("take_care", "お大事に", 7),
    Stamp("morning", "おはようございます", 3),
)
OF_TEXT = {one.text: one for one in STAMPS}


def stamp_of(text: str) -> Stamp | None:
    """The stamp that a text is as a whole; None for every other text, one with a word beside the phrase included."""
    return OF_TEXT.get(text)


@cache
def drawn(stamp: Stamp) -> SafeString:
    """A stamp within a message: a picture that is called what it says."""
    return SafeString(render_to_string("rooms/_stamp.html", {"stamp": stamp}))


@cache
def choices() -> SafeString:
    """The whole set as buttons of the composer."""
    return SafeString(render_to_string("rooms/_stamp_choices.html", {"stamps": STAMPS}))
