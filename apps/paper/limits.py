"""How much may be sent at once, asked before a byte of it is read."""

from apps.files.kinds import MEGABYTE
from apps.kernel.refusals import TooLarge

# What the house reads of one request (carenet/bounds.py).
HEAVIEST = 32 * MEGABYTE


def check_whole(size: int) -> None:
    """All files of one request together; each of them alone is weighed in `drawing`."""
    if size > HEAVIEST:
        raise TooLarge
