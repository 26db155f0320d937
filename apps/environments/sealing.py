"""Things handed to a browser to be handed back: encrypted, for one person, in one environment, for an hour.

Nothing of a list of people or of a slip's code stays on the server between two pages, and the browser can neither
read nor change what it carries.
"""

import base64
import hashlib
import json
import zlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django_scopes import get_scope

from apps.environments.refusals import SealBroken

LASTS = 60 * 60


def seal(thing: Any, *, purpose: str, by: models.Model) -> str:
    """The thing (plain values only) as one word that only `unseal` can open, for the same person and purpose."""
    written = json.dumps({"for": whose(by), "is": thing}, ensure_ascii=False)
    return keys(purpose).encrypt(zlib.compress(written.encode())).decode()


def unseal(sealed: str, *, purpose: str, by: models.Model) -> Any:
    """What was sealed; SealBroken when it is older than an hour, was meant for somebody else or was changed."""
    try:
        opened = json.loads(zlib.decompress(keys(purpose).decrypt(sealed, ttl=LASTS)))
    except InvalidToken as error:
        raise SealBroken from error
    if opened["for"] != whose(by):
        raise SealBroken
    return opened["is"]


def whose(by: models.Model) -> list[str]:
    environment = get_scope().get("environment")
    return [str(by.pk), str(environment.pk) if environment is not None else ""]


def keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"environments.{purpose}:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
