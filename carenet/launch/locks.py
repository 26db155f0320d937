"""Resolves the dependencies and writes them down with their hashes; no address of a registry is recorded."""

import shutil
import subprocess

from carenet.launch.environment import PROJECT
from carenet.launch.words import Trouble, done

EXTRAS: dict[str, list[str]] = {"server": [], "demo": ["demo"], "dev": ["demo", "dev"]}


def lock_everything() -> int:
    uv = shutil.which("uv")
    if uv is None:
        raise Trouble("uv is missing, which resolves for all platforms at once: please run 'pip install uv'.")

    for name, extras in EXTRAS.items():
        lock = PROJECT / "requirements" / f"{name}.lock"
        words = [uv, "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
        words += ["--no-annotate", "--no-header", "--upgrade", "--output-file", str(lock), "pyproject.toml"]
        for extra in extras:
            words += ["--extra", extra]
        if subprocess.run(words, cwd=PROJECT, check=False).returncode:
            raise Trouble(f"uv could not resolve {lock.name}; its reason is above.")
        if "://" in lock.read_text():
            raise Trouble(f"{lock.name} names an address; please find out which dependency brought it in.")
        done(f"requirements/{lock.name}")
    return 0
