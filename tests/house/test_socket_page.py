"""The page from which another client is written names every frame that travels on a socket, and no other."""

import re

from apps.rooms import frames
from tests.house.sources import PROJECT

PAGE = PROJECT / "docs" / "socket.md"
FIRST_KEY = re.compile(r'\{"(\w+)":')


def test_every_frame_stands_on_the_page_and_no_other():
    written = set(FIRST_KEY.findall(frames.__doc__ or "")) - {"41"}
    assert set(FIRST_KEY.findall(PAGE.read_text())) - {"41"} == written
    assert len(written) > 20
