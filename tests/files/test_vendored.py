"""What is copied from elsewhere is what its makers published."""

from hashlib import sha256

from tests.house.sources import APPS

# Of the file in the package tus-js-client 4.3.1.
PUBLISHED = "8cbb1b63fccc3bba0ae73ad1deb160ce046c3750851d0c3e94921ae3ef070eb8"


def test_the_protocols_library_is_the_one_that_was_published():
    folder = APPS / "files" / "static" / "files" / "vendor" / "tus-js-client"

    assert sha256((folder / "tus.min.js").read_bytes()).hexdigest() == PUBLISHED
    assert "MIT" in (folder / "LICENSE").read_text()
