"""A friendly name for the program and the device behind a User-Agent header, good enough to recognise one's own."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The first match wins: Edge and Opera also say Chrome, and Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
HANDHELD = ("iPhone", "Android", "iPad")


def device_name(agent: str) -> str:
    """ "iPhone", "Windows" or a plain word where the header tells nothing."""
    return next((name for sign, name in DEVICES if sign in agent), gettext("Unknown device"))


def browser_name(agent: str) -> str:
    return next((name for sign, name in BROWSERS if sign in agent), gettext("Unknown browser"))


def friendly_name(agent: str) -> str:
    """How a session is called in the list of one's sessions: "Safari on iPhone"."""
    words = {"browser": browser_name(agent), "device": device_name(agent)}
    return str(_("%(browser)s on %(device)s")) % words


def is_handheld(agent: str) -> bool:
    return any(sign in agent for sign in HANDHELD)
