"""Where mail goes out, and to whom: only signed heads of ledgers are ever sent."""

from urllib.parse import unquote, urlsplit


def mail_from(url: str) -> tuple[str, int, str, str, bool]:
    """Host, port, user, password and whether the line is encrypted from its first byte (else by STARTTLS)."""
    if not url:
        return "", 25, "", "", False
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("CARENET_SMTP must look like smtp://user:password@host:587 or smtps://user:password@host:465.")
    is_encrypted = parts.scheme == "smtps"
    port = parts.port or (465 if is_encrypted else 587)
    return parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), is_encrypted


def watchers_from(pairs: list[str]) -> dict[str, list[str]]:
    """Addresses by ledger: the id of an environment, or `installation`."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        place, _, address = pair.partition("=")
        if "@" not in address:
            raise ValueError("CARENET_LEDGER_MAIL must look like <environment's id>=address, separated by commas.")
        found.setdefault(place.strip(), []).append(address.strip())
    return found
