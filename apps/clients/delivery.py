"""How the file of a paper leaves the house: as what it is, kept nowhere, acting on nothing."""

from django.http import HttpResponse

from apps.clients.models import ContentType

# A file opened by itself loads nothing and runs nothing. A browser's own reader of PDFs does not start in a sandbox:
# what could act in a PDF was refused when it came (scans.py).
NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
POLICIES = {ContentType.PDF: f"{NOTHING_ELSE}; object-src 'self'"}
ENDINGS = {ContentType.PDF: "pdf", ContentType.JPEG: "jpg", ContentType.PNG: "png"}


def delivered(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes that a browser shows as what they are, keeps nowhere, and takes nothing from."""
    kind = ContentType(content_type)
    headers = {
        "Content-Disposition": f'inline; filename="{name}.{ENDINGS[kind]}"',
        "Content-Security-Policy": POLICIES.get(kind, f"{NOTHING_ELSE}; sandbox"),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
