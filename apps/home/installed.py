"""What a browser keeps when the site is installed: static files of one version and the offline page, nothing else."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import gettext as _

KEPT = {".css", ".js", ".svg", ".png"}
FOREIGN = ["django_htmx/htmx-2.min.js"]


def manifest(language: str) -> dict[str, object]:
    """The web app manifest, in the reader's language."""
    return {
        "id": "/",
        "name": "carenet",
        "short_name": "carenet",
        "description": _("Care teams, in touch."),
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f7fb",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static("kernel/icons/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("kernel/icons/mark-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("kernel/icons/mark-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("kernel/icons/mark-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }


@cache
def static_paths() -> tuple[str, ...]:
    """Every style, program and picture of the house, and the one program of others that every page loads."""
    own = []
    for app in apps.get_app_configs():
        root = Path(app.path, "static")
        if app.name.startswith("apps."):
            own += [file.relative_to(root).as_posix() for file in sorted(root.rglob("*")) if file.suffix in KEPT]
    return (*own, *FOREIGN)


@cache
def version() -> str:
    """Changes when any of these files does, so that a browser never mixes two versions."""
    digest = sha256()
    for path in static_paths():
        found = finders.find(path)
        digest.update(path.encode())
        digest.update(Path(found).read_bytes() if isinstance(found, str) else b"")
    return digest.hexdigest()[:16]
