"""Checks everything that can be checked, tells all that is wrong, and ends with the tests' own last line."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from carenet.launch.environment import HOME, PROJECT, PYTHON
from carenet.launch.messages import compile_messages
from carenet.launch.packages import have_packages
from carenet.launch.words import done, plain

SOURCES = ["apps", "carenet", "tests", "manage.py"]
# A real installation as `check --deploy` should see it. Invented, and long enough.
PRODUCTION = {
    "CARENET_DEMO": "0",
    "CARENET_PRODUCTION": "1",
    "CARENET_SECRET_KEY": "checked-and-never-used-" * 4,
    "CARENET_DATA_KEYS": "checked-and-never-used-either-" * 2,
    "CARENET_HOSTS": "carenet.example",
    "CARENET_ORIGINS": "https://carenet.example",
    "CARENET_BASE_URL": "https://carenet.example",
    "CARENET_BEHIND_PROXY": "1",
}
DEMO = {"CARENET_DEMO": "1"}
CLOSING_LINE = re.compile(r"^=+ .*\b(\d+ \w+|no tests ran)\b.* in [\d.]+s.*=+$")


@dataclass(frozen=True)
class Check:
    """One question with one program that answers it."""

    name: str
    words: list[str]
    environ: Mapping[str, str] = field(default_factory=dict)


def program(name: str, *words: str) -> list[str]:
    return [str(HOME / "bin" / name), *words]


def manage(*words: str) -> list[str]:
    return [str(PYTHON), "manage.py", *words]


STATIC = [
    Check("types (mypy)", program("mypy"), DEMO),
    Check("code (ruff)", program("ruff", "check", *SOURCES)),
    Check("format (ruff)", program("ruff", "format", "--check", *SOURCES)),
    Check("templates (djlint)", program("djlint", "--lint", "--quiet", "apps", "carenet")),
    Check("floors (import-linter)", program("lint-imports")),
    Check("migrations match the models", manage("makemigrations", "--check", "--dry-run"), DEMO),
    Check("ready to deploy", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("locks hold hashes and no address", [str(PYTHON), "-m", "carenet.launch.lockfiles"]),
]
TESTS = Check("tests (pytest)", program("pytest", "-n", "2", "--durations", "10"))


def check_everything() -> int:
    """Run every check, the tests last; 0 only when all of them say yes."""
    have_packages()
    compile_messages()
    failed = static_failures()
    tests = run_tests()
    if tests.failed:
        failed.append(TESTS.name)
    plain()
    for name in failed:
        plain(f"  ✗ {name}")
    if not failed:
        done("Everything holds.")
    plain(tests.closing_line)
    return 1 if failed else 0


def static_failures() -> list[str]:
    """The names of the checks that said no, each with what it said printed above."""
    with ThreadPoolExecutor(max_workers=2) as two_at_a_time:
        return [name for name in two_at_a_time.map(failure, STATIC) if name]


def failure(check: Check) -> str:
    began = time.monotonic()
    answer = subprocess.run(
        check.words,
        cwd=PROJECT,
        env=environ_for(check),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode == 0:
        done(f"{check.name} ({time.monotonic() - began:.0f} s)")
        return ""
    else:
        plain(f"\n  ✗ {check.name}\n\n{answer.stdout}\n")
        return check.name


@dataclass(frozen=True)
class Tested:
    failed: bool
    closing_line: str


def run_tests() -> Tested:
    """Run the tests in front of the reader."""
    closing_line = "The tests ended without a word."
    with subprocess.Popen(
        TESTS.words,
        cwd=PROJECT,
        env=environ_for(TESTS),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            for line in process.stdout or ():
                sys.stdout.write(line)
                sys.stdout.flush()
                if CLOSING_LINE.match(line):
                    closing_line = line.rstrip()
        except KeyboardInterrupt:
            # The terminal has told the tests as well; they put their databases away.
            process.communicate()
            raise
    return Tested(failed=process.returncode != 0, closing_line=closing_line)


def environ_for(check: Check) -> dict[str, str]:
    # What happens to be set in the shell must not decide whether a check holds; only the database may be named.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CARENET_")}
    return {**clean, **check.environ}
