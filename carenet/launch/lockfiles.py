"""Looks at the lock files: `python -m carenet.launch.lockfiles`. Every package by hash, no address, no path."""

import sys
from pathlib import Path

from carenet.launch.environment import PROJECT


def faults(lock: Path) -> list[str]:
    """What is wrong with the lock file, in sentences."""
    found = []
    packages = 0
    for number, line in enumerate(lock.read_text().splitlines(), start=1):
        if "://" in line:
            found.append(f"{lock.name}:{number} names an address.")
        if line.startswith(("/", "-", "#")):
            found.append(f"{lock.name}:{number} holds something else than packages and hashes.")
        if line and not line.startswith(" "):
            packages += 1
            if "==" not in line or not line.endswith("\\"):
                found.append(f"{lock.name}:{number} pins no package by hash.")
    if packages == 0:
        found.append(f"{lock.name} is empty.")
    return found


def main() -> int:
    locks = sorted((PROJECT / "requirements").glob("*.lock"))
    found = [fault for lock in locks for fault in faults(lock)]
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found or not locks else 0


if __name__ == "__main__":
    sys.exit(main())
