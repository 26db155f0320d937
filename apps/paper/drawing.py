"""Draws the pages of a file of scans anew, as grey pictures: nothing of the file itself is kept.

`python -m apps.paper.drawing FILE FOLDER` writes the names of the pictures, or the code of the refusal, to its standard
output as JSON. It runs as a process of its own with bounds on memory and time, because it hands strangers' bytes to
libraries that read many formats.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from os import defpath, pathsep
from pathlib import Path
from typing import IO

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from apps.files import refusals as of_files
from apps.files.kinds import MEGABYTE
from apps.files.refusals import FileEmpty, FileRefused, FileTooFine, FileUnreadable
from apps.files.scans import pdfs, pictures
from apps.files.scans.apart import bounded
from apps.paper import refusals
from apps.paper.reading import LONGEST
from apps.paper.refusals import ScanTooHeavy, ScanTooLong, ScanUnknown

HEAVIEST = 20 * MEGABYTE
MOST_PAGES = 30
SECONDS = 60
DPI = 200
MOST_PIXELS = 60_000_000
# A page with more shades than this is a photo, and as JPEG a tenth of its size.
SHADES_OF_A_FAX = 16

BEGINNINGS = {
    b"%PDF-": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
CODES = {
    one.code: one
    for module in (of_files, refusals)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, FileRefused)
}


def check_weight(size: int) -> None:
    if size > HEAVIEST:
        raise ScanTooHeavy(limit=HEAVIEST // MEGABYTE)


def drawn(content: bytes) -> list[bytes]:
    """The pages of a file as PNG or JPEG; or the FileRefused that says why it is not taken in."""
    check_weight(len(content))
    if not content:
        raise FileEmpty
    form_of(content)
    with tempfile.TemporaryDirectory(prefix="carenet-") as place:
        source, folder = Path(place) / "arrived", Path(place) / "drawn"
        folder.mkdir()
        source.write_bytes(content)
        return [(folder / name).read_bytes() for name in drawn_apart(source, folder)]


def drawn_apart(source: Path, folder: Path) -> list[str]:
    """A process that crashes, takes too long or wants too much memory has met a file that is broken, or meant to break."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "apps.paper.drawing", str(source), str(folder)],
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8", "PATH": defpath},
            preexec_fn=bounded,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise FileUnreadable from error
    if "refused" in answer:
        raise CODES[answer["refused"]](**answer["words"])
    return [str(name) for name in answer["pages"]]


def form_of(content: bytes) -> str:
    for beginning, form in BEGINNINGS.items():
        if content.startswith(beginning):
            return form
    raise ScanUnknown


def draw(source: Path, folder: Path) -> list[str]:
    names = []
    with source.open("rb") as file:
        form = form_of(file.read(16))
        file.seek(0)
        pages = pages_of_pdf(file) if form == "PDF" else pages_of_picture(file, form)
        for number, page in enumerate(pages, start=1):
            if number > MOST_PAGES:
                raise ScanTooLong(limit=MOST_PAGES)
            names.append(f"{number}")
            (folder / names[-1]).write_bytes(written(page))
    return names


def pages_of_pdf(file: IO[bytes]) -> Iterator[Image.Image]:
    if pdfs.pages_of(file) > MOST_PAGES:
        raise ScanTooLong(limit=MOST_PAGES)
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable from error
    try:
        for page in document:
            # A page as large as a poster is drawn as finely as A4: its longer side decides.
            scale = min(DPI / 72, LONGEST / max(page.get_size()))
            yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable from error
    finally:
        document.close()


def pages_of_picture(file: IO[bytes], form: str) -> Iterator[Image.Image]:
    """One page of a photo; of a TIFF, as FAX machines write them, as many as there are."""
    try:
        with Image.open(file, formats=[form]) as opened:
            for number in range(getattr(opened, "n_frames", 1) if form == "TIFF" else 1):
                opened.seek(number)
                if opened.width * opened.height > MOST_PIXELS:
                    raise FileTooFine(limit=MOST_PIXELS // 1_000_000)
                yield with_square_pixels(pictures.plain(ImageOps.exif_transpose(opened)), opened.info.get("dpi"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileTooFine(limit=MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
        # Pillow meets broken files with whatever went wrong first.
        raise FileUnreadable from error


def with_square_pixels(page: Image.Image, dpi: object) -> Image.Image:
    """A FAX has fewer lines than columns to the inch; shown as it is, it would be squashed."""
    if not isinstance(dpi, tuple) or len(dpi) != 2 or not all(dpi):
        return page
    ratio = float(dpi[0]) / float(dpi[1])
    if not 1.2 < ratio < 4:
        return page
    return page.resize((page.width, round(page.height * ratio)), Image.Resampling.BILINEAR)


def written(page: Image.Image) -> bytes:
    grey = page.convert("L")
    grey.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    shades = sum(count > 0 for count in grey.histogram())
    return pictures.written(grey, "PNG" if shades <= SHADES_OF_A_FAX else "JPEG")


def main(source: str, folder: str) -> None:
    try:
        answer: dict[str, object] = {"pages": draw(Path(source), Path(folder))}
    except FileRefused as refusal:
        answer = {"refused": refusal.code, "words": refusal.words}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
