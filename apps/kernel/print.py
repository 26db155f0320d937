"""Paper: a Typst template of an app and plain values become the bytes of a PDF, with the fonts of the house inside.

Templates live in `apps/<app>/print/<name>.typ` and read their values with `json(bytes(sys.inputs.data))`.
"""

import json
from pathlib import Path
from typing import Any

import segno
import typst
from django.apps import apps

FONTS = Path(__file__).parent / "fonts"
MARK = Path(__file__).parent / "static" / "kernel" / "icons" / "mark.svg"


def pdf(app_label: str, name: str, values: dict[str, Any]) -> bytes:
    """Print a template of an app. The same values give the same bytes: no clock and no name goes into the metadata."""
    template = Path(apps.get_app_config(app_label).path) / "print" / f"{name}.typ"
    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        timestamp=0,
    )


def qr_code(text: str) -> str:
    """A QR code as SVG, with a quarter of it to spare for folds and stains."""
    return segno.make(text, error="q", micro=False).svg_inline(border=0, dark="#1a1a1a")


def qr_picture(text: str) -> str:
    """The same for a screen: as wide as what it stands in."""
    return segno.make(text, error="m", micro=False).svg_inline(border=0, dark="#1a1a1a", omitsize=True)


def mark() -> str:
    """The house's mark as SVG."""
    return MARK.read_text()
