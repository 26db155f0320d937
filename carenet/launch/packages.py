"""What the tests need from the operating system: a browser, a Japanese font, and xgettext."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from carenet.launch.words import Trouble, doing, done

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
JAPANESE = ("cjk", "ipa", "takao", "vl-gothic", "hiragino", "ヒラギノ", "notosansjp")


def have_packages() -> None:
    """Install what is missing where that is allowed; otherwise say what to install. Nothing is ever skipped for it."""
    missing = list(missing_packages())
    if not missing:
        return

    apt = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None or not may_install():
        raise Trouble(f"The tests need more from this system: please run 'sudo {' '.join(apt)}'.")

    doing(f"Installing {', '.join(missing)}")
    for words in (["apt-get", "update"], apt):
        answer = subprocess.run(
            [*become_root(), "env", "DEBIAN_FRONTEND=noninteractive", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            last = (answer.stderr.strip().splitlines() or ["no reason was given"])[-1]
            raise Trouble(f"'{' '.join(words)}' failed: {last}")
    still = list(missing_packages())
    if still:
        raise Trouble(f"{', '.join(still)} was installed but cannot be found.")
    done(f"Installed: {', '.join(missing)}.")


def missing_packages() -> Iterator[str]:
    if not any(shutil.which(browser) for browser in BROWSERS):
        yield "chromium"
    if not has_japanese_font():
        yield "fonts-noto-cjk"
    if shutil.which("xgettext") is None or shutil.which("msgfmt") is None:
        yield "gettext"


def has_japanese_font() -> bool:
    return any(
        any(word in str(file).lower() for word in JAPANESE)
        for folder in (*FONT_FOLDERS, Path.home() / ".fonts", Path.home() / ".local/share/fonts")
        for file in Path(folder).rglob("*.[to]t[fc]")
    )


def may_install() -> bool:
    if os.geteuid() == 0:
        return True
    return shutil.which("sudo") is not None and not subprocess.run(["sudo", "-n", "true"], check=False).returncode


def become_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
