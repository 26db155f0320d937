"""What a browser installs: a manifest, a worker that keeps nothing of a client, a page for when the network is gone."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from apps.home import installed
from tests.browser import Browser


@pytest.fixture
def worker(client: Client) -> str:
    answer = client.get(reverse("home:service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    return answer.content.decode()


def kept_by(worker: str) -> dict[str, object]:
    found = re.search(r"const { version, assets } = (.*)", worker)
    assert found is not None
    return json.loads(found[1])


def test_the_manifest_makes_the_site_installable(client):
    answer = client.get(reverse("home:manifest"))
    manifest = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert manifest["display"] == "standalone"
    assert (manifest["start_url"], manifest["scope"]) == ("/", "/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert [icon for icon in manifest["icons"] if icon.get("purpose") == "maskable"]


def test_every_icon_of_the_manifest_exists(client):
    icons = client.get(reverse("home:manifest")).json()["icons"]

    for icon in icons:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]


def test_the_worker_keeps_static_files_only(worker):
    assets = kept_by(worker)["assets"]

    assert isinstance(assets, list)
    assert "/static/kernel/base.css" in assets
    assert all(asset.startswith("/static/") for asset in assets)


def test_the_worker_stores_at_installation_and_never_afterwards(worker):
    install, later = worker.split('self.addEventListener("activate"')

    assert "cache.addAll(fresh)" in install
    assert not re.search(r"\.put\(|\.add\(|addAll", later)


def test_the_worker_commands_the_whole_site(worker, client):
    assert reverse("home:service_worker").count("/") == 1
    # The browser looks for a new one at every visit.
    assert client.get(reverse("home:service_worker"))["Cache-Control"] == "no-cache"


def test_the_worker_is_another_one_in_another_language(client):
    versions = set()
    for language in ("ja", "en"):
        worker = client.get(reverse("home:service_worker"), headers={"Accept-Language": language})
        versions.add(kept_by(worker.content.decode())["version"])

    assert len(versions) == 2


def test_the_worker_is_the_same_whoever_asks(cast, client):
    address = reverse("home:service_worker")

    assert Browser(cast.sato).get(address).content == client.get(address).content


def test_the_version_changes_with_a_file(monkeypatch, tmp_path):
    before = installed.version()
    changed = tmp_path / "base.css"
    changed.write_text("html { color: red }")
    find = finders.find
    monkeypatch.setattr(finders, "find", lambda path: str(changed) if path == "kernel/base.css" else find(path))
    installed.version.cache_clear()
    after = installed.version()
    installed.version.cache_clear()

    assert before != after


def test_everything_the_worker_keeps_exists():
    assert [path for path in installed.static_paths() if finders.find(path) is None] == []


def test_the_offline_page_is_the_same_for_everybody_and_holds_nobody(cast, client):
    address = reverse("home:offline")
    with_person = Browser(cast.sato).get(address)

    assert with_person.status_code == 200
    assert with_person.content == client.get(address).content
    assert b"csrf" not in with_person.content.lower()
    assert b"<script" not in with_person.content


def test_robots_are_asked_to_stay_out(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_an_old_browser_finds_its_icon(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
