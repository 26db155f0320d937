"""The one way in which an entry, a tree head and a key are written down to be hashed or signed. Version 1.

An entry is JSON (RFC 8259) in UTF-8: the names of all columns and `v`, sorted; no blanks; only what JSON must escape is
escaped; empty columns are null; moments are UTC with six digits of a second and `Z`. A head and a key are lines of text
that begin with what they are, so that a signature for one is none for the other. A change of any of this is a new version:
what was sealed is never written in another way.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VERSION = 1
# In what is signed, the place of what happens outside every environment.
NOWHERE = "installation"
COLUMNS = (
    *("id", "recorded_at", "environment_id", "user_id", "member_id", "role", "organization_id", "verb", "subject_kind"),
    *("subject_id", "client_id", "outcome", "reason", "purpose", "detail", "channel", "address", "agent"),
)


def entry_bytes(columns: dict[str, Any]) -> bytes:
    """An entry from the values of its COLUMNS."""
    told = {name: plain(columns[name]) for name in COLUMNS}
    return json_bytes({"v": VERSION, **told})


def json_bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    return value


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def place_name(environment_id: UUID | None) -> str:
    return str(environment_id) if environment_id is not None else NOWHERE


def head_bytes(environment_id: UUID | None, size: int, root: bytes, signed_at: datetime) -> bytes:
    """What is signed of a tree head."""
    told = ["carenet-ledger-head-v1", place_name(environment_id), str(size), root.hex(), moment(signed_at)]
    return "".join(f"{line}\n" for line in told).encode()


def key_bytes(environment_id: UUID | None, number: int, public: bytes) -> bytes:
    """What is signed of a key: by the key before it, and of the first key by itself."""
    told = ["carenet-ledger-key-v1", place_name(environment_id), str(number), public.hex()]
    return "".join(f"{line}\n" for line in told).encode()


def fingerprint(public: bytes) -> str:
    """Eight groups of four digits by which people compare keys, on paper or on the phone."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return "-".join(digits[at : at + 4] for at in range(0, 32, 4))
