"""What must be unreadable in the database and in every copy of it: encrypted, and found again by a keyed hash.

The keys are settings.DATA_KEYS: the first one locks, all of them open. From each a key of its own is derived for every
purpose, so that what was locked for one is of no use for another.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def lock(text: str, *, purpose: str) -> bytes:
    """The text as bytes that only `unlock` reads; different each time, also for the same text."""
    return keys(purpose).encrypt(text.encode())


def unlock(locked: bytes | memoryview, *, purpose: str) -> str:
    """What was locked with one of the present keys; cryptography's InvalidToken when it was not."""
    return keys(purpose).decrypt(bytes(locked)).decode()


def fingerprint(text: str, *, purpose: str) -> str:
    """64 hex digits that are the same for the same text; without the key nobody can try which text they belong to."""
    return fingerprints(text, purpose=purpose)[0]


def fingerprints(text: str, *, purpose: str) -> list[str]:
    """The fingerprint under every present key: what was written before the keys changed is found as well."""
    return [
        hmac.new(derived(key, f"{purpose}.fingerprint"), text.encode(), hashlib.sha256).hexdigest()
        for key in settings.DATA_KEYS
    ]


def keys(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived(key, purpose))) for key in settings.DATA_KEYS])


def derived(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), f"carenet.vault.{purpose}".encode(), hashlib.sha256).digest()
