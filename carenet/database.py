"""Which PostgreSQL, and as whom: the application's role owns nothing, the owner migrates."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

APP_ROLE = "carenet_app"

# How PostgreSQL works for the application.
HABITS = {
    # A division's list of forty thousand clients is sorted in memory (measured: 84 ms, by way of the disk 159).
    "work_mem": "16MB",
    # What is asked for by name is planned once, whatever it is asked with: by keys, which are all alike.
    "plan_cache_mode": "force_generic_plan",
    # Rules of forty nested questions look costly, and would be compiled for longer than they take to answer.
    "jit": "off",
}


def databases_from(environ: Mapping[str, str], *, testing: bool = False) -> dict[str, dict[str, Any]]:
    """Django's DATABASES from `DATABASE_URL` (postgres://user:password@host:port/name, host may be a socket directory).

    Every connection takes the application's role, whoever it signs in as. With `CARENET_AS_OWNER=1`, as the launcher
    sets it for migrations, it signs in by `DATABASE_OWNER_URL` (or `DATABASE_URL`) and keeps that role.
    """
    as_owner = environ.get("CARENET_AS_OWNER") == "1"
    url = environ.get("DATABASE_URL", "postgres:///carenet")
    if as_owner:
        url = environ.get("DATABASE_OWNER_URL") or url
    database = parsed(url)
    options = database["OPTIONS"]
    if not as_owner:
        options["assume_role"] = APP_ROLE
        options.setdefault("options", " ".join(f"-c {name}={value}" for name, value in HABITS.items()))
    if not testing and not as_owner:
        # Django's pool keeps connections open between requests; CONN_MAX_AGE must then be 0.
        options["pool"] = {"min_size": 2, "max_size": int(environ.get("CARENET_POOL", "8")), "timeout": 10}
    return {"default": database}


def parsed(url: str) -> dict[str, Any]:
    """The parts of a connection URL as Django wants them; the query's pairs become connection options."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgres:// — carenet runs on PostgreSQL only.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "apps.kernel.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "carenet",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }
