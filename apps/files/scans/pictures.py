"""Pictures, drawn anew: upright, as plain colours, without the place, the hour and the camera (ASVS 14.2.8)."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from apps.files.refusals import FileTooFine, FileUnreadable

# A photo of a telephone has 12 to 50 million pixels; a bomb unpacks to thousands of millions.
MOST_PIXELS = 60_000_000


def drawn(source: IO[bytes], reader: str, *, most: int = MOST_PIXELS) -> Image.Image:
    """The picture upright: its notes, profiles, thumbnails and further frames are left behind.

    `reader` is the one Pillow plug-in that may read it, as it was found by its first bytes.
    """
    try:
        with Image.open(source, formats=[reader]) as opened:
            if opened.width * opened.height > most:
                raise FileTooFine(limit=most // 1_000_000)
            return plain(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileTooFine(limit=most // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        # Pillow meets broken files with whatever went wrong first.
        raise FileUnreadable from error


def plain(picture: Image.Image) -> Image.Image:
    """Grey stays grey; everything else becomes red, green and blue on white."""
    if picture.mode in {"1", "L"}:
        return bare(picture.convert("L"))
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return bare(Image.alpha_composite(white, seen).convert("RGB"))
    return bare(picture.convert("RGB"))


def bare(picture: Image.Image) -> Image.Image:
    picture.info = {}
    return picture


def written(picture: Image.Image, form: str) -> bytes:
    """The bytes as `JPEG` or `PNG`."""
    buffer = io.BytesIO()
    if form == "JPEG":
        picture.save(buffer, "JPEG", quality=88, optimize=True)
    else:
        picture.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def smaller(picture: Image.Image, longer_side: int) -> Image.Image:
    """A copy whose longer side has at most so many pixels."""
    small = picture.copy()
    small.thumbnail((longer_side, longer_side))
    return small
