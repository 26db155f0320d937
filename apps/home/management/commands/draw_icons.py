"""Draws the PNG icons from the SVG marks, with the browser that the tests use. Run it after changing a mark."""

import shutil
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

# The mark with rounded corners, and the one that fills its square so that a phone may cut it to any shape.
DRAWINGS = {
    "mark-32.png": ("mark.svg", 32),
    "mark-192.png": ("mark.svg", 192),
    "mark-512.png": ("mark.svg", 512),
    "mark-180.png": ("mark-maskable.svg", 180),
    "mark-maskable-512.png": ("mark-maskable.svg", 512),
}


class Command(BaseCommand):
    help = "Draw the PNG icons of the manifest from the SVG marks."
    requires_system_checks = []  # It touches files only.

    def handle(self, *args: Any, **options: Any) -> None:
        chromium = shutil.which("chromium")
        if chromium is None:
            raise CommandError("Chromium is missing; please install it: apt-get install chromium.")
        folder = Path(apps.get_app_config("kernel").path, "static", "kernel", "icons")
        draw(folder, chromium)
        self.stdout.write(f"{len(DRAWINGS)} icons drawn.")


def draw(folder: Path, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (mark, size) in DRAWINGS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            svg = (folder / mark).read_text().replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
            page.screenshot(path=str(folder / name), omit_background=True)
        browser.close()
