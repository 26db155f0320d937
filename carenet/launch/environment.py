"""The virtual environment: made once, filled from a lock file by hash, filled again only when the lock has changed."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from carenet.launch.words import Trouble, doing, done

PROJECT = Path(__file__).resolve().parent.parent.parent
HOME = PROJECT / ".venv"
PYTHON = HOME / "bin" / "python"
# dev.lock holds everything that demo.lock holds.
ENOUGH_FOR = {"demo": ("demo", "dev"), "dev": ("dev",)}


def is_running_this() -> bool:
    return Path(sys.prefix).resolve() == HOME.resolve()


def make_ready(lock: str) -> None:
    """Have a virtual environment that holds what `requirements/<lock>.lock` says, exactly."""
    if any(stamp(name).exists() and stamp(name).read_text() == seal(name) for name in ENOUGH_FOR[lock]) and works():
        return

    if not works():
        make()
    doing("Installing the packages, which takes a minute the first time")
    for old in HOME.glob("carenet-*.stamp"):
        old.unlink()
    install(lock)
    stamp(lock).write_text(seal(lock))
    done("Packages are installed, each checked against its hash.")


def stamp(lock: str) -> Path:
    return HOME / f"carenet-{lock}.stamp"


def seal(lock: str) -> str:
    """What the stamp must say: which lock was installed with which Python."""
    digest = hashlib.sha256((PROJECT / "requirements" / f"{lock}.lock").read_bytes()).hexdigest()
    return f"{digest} {sys.version_info.major}.{sys.version_info.minor}\n"


def works() -> bool:
    """Whether the environment is there, whole, and of this Python: a system upgrade breaks the links of an old one."""
    if is_running_this():
        return True
    asked = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]] and (
        uv() is not None or (HOME / "bin" / "pip").exists()
    )


def make() -> None:
    if uv() is None and importlib.util.find_spec("ensurepip") is None:
        raise Trouble("Python's venv module is missing: please run 'apt-get install -y python3-venv'.")

    if uv() is not None:
        ran([str(uv()), "venv", "--quiet", "--clear", "--python", sys.executable, str(HOME)])
    else:
        ran([sys.executable, "-m", "venv", "--clear", str(HOME)])
    done("A virtual environment is made in .venv.")


def install(lock: str) -> None:
    words = ["--require-hashes", "--requirement", str(PROJECT / "requirements" / f"{lock}.lock")]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    if uv() is None:
        ran(pip)
        return

    try:
        ran([str(uv()), "pip", "install", "--quiet", "--python", str(PYTHON), *words])
    except Trouble:
        # uv does not read pip's configuration, where a company may name its own package index.
        ran([sys.executable, "-m", "venv", "--clear", str(HOME)])
        ran(pip)


def uv() -> str | None:
    return shutil.which("uv")


def ran(words: list[str]) -> None:
    answer = subprocess.run(
        words, cwd=PROJECT, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    if answer.returncode:
        last = ((answer.stderr or answer.stdout).strip().splitlines() or ["no reason was given"])[-1]
        raise Trouble(f"'{Path(words[0]).name} {' '.join(words[1:4])} …' failed: {last}")
