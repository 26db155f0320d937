"""Marks on what is taken out: who took it and when, burnt into the pages of a PDF and into pictures."""

import io
from typing import IO

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from apps.files.kinds import FORMAT_OF, MEGABYTE, PDF, FileKind
from apps.files.models import StoredFile
from apps.files.refusals import FileUnreadable, TooHeavyToMark
from apps.kernel.print import FONTS, pdf

# All of it is in memory at once.
HEAVIEST = 50 * MEGABYTE
FAINT = (90, 90, 90, 90)


def can_be_marked(file: StoredFile) -> bool:
    """Pictures and PDFs. Nothing can be burnt into a table, a text or a film."""
    return file.kind == FileKind.PICTURE or file.content_type == PDF.content_type


def marked(file: StoredFile, source: IO[bytes], words: str) -> bytes:
    """The file with these words across every page or over the picture."""
    if file.size > HEAVIEST:
        raise TooHeavyToMark(subject=file, limit=HEAVIEST // MEGABYTE)
    if file.content_type == PDF.content_type:
        return marked_pdf(source, words)
    return marked_picture(source, words, FORMAT_OF[file.content_type].label)


def marked_pdf(source: IO[bytes], words: str) -> bytes:
    """Each page as before, under a sheet of its own size with the words on it."""
    sheets: dict[tuple[int, int], bytes] = {}
    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source.read())))
        for page in writer.pages:
            # A turned page is turned for good first: the words run as the reader reads.
            page.transfer_rotation_to_content()
            width, height = int(page.mediabox.width), int(page.mediabox.height)
            if (width, height) not in sheets:
                sheets[width, height] = pdf("files", "mark", {"words": words, "width": width, "height": height})
            sheet = PdfReader(io.BytesIO(sheets[width, height])).pages[0]
            left, bottom = float(page.mediabox.left), float(page.mediabox.bottom)
            page.merge_translated_page(sheet, left, bottom)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise FileUnreadable from error
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def marked_picture(source: IO[bytes], words: str, form: str) -> bytes:
    """The words again and again across the picture, too faint to hide what it shows and too many to cut away."""
    with Image.open(source, formats=[form]) as opened:
        picture = opened.convert("RGBA")
    size = max(14, max(picture.size) // 40)
    font = ImageFont.truetype(FONTS / "NotoSansCJKjp-Regular.otf", size)
    longest = int(sum(picture.size))
    sheet = Image.new("RGBA", (longest, longest), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    step = int(font.getlength(words)) + size * 4
    for row, top in enumerate(range(0, longest, size * 6)):
        for left in range(-(row % 2) * step // 2, longest, step):
            pen.text((left + 1, top + 1), words, font=font, fill=(255, 255, 255, 110))
            pen.text((left, top), words, font=font, fill=FAINT)
    turned = sheet.rotate(30)
    middle = ((longest - picture.width) // 2, (longest - picture.height) // 2)
    cut = turned.crop((*middle, middle[0] + picture.width, middle[1] + picture.height))
    buffer = io.BytesIO()
    Image.alpha_composite(picture, cut).convert("RGB").save(buffer, form)
    return buffer.getvalue()
