"""Heads leave the database, so that nobody who rules over it can have signed another history: into a file, into the mail
of those who watch, and into the ledgers of others."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.audit import actions as audit
from apps.audit.canonical import json_bytes, moment, place_name
from apps.audit.models import TreeHead
from apps.audit.places import here
from apps.audit.tree import head_here

# The last line of the file stands within so many bytes.
TAIL = 4_096


def head_line(head: TreeHead) -> dict[str, object]:
    """A head as it stands in an export, and as it leaves the database."""
    return {
        "kind": "head",
        "place": place_name(head.environment_id),
        "size": head.size,
        "root": bytes(head.root).hex(),
        "signed_at": moment(head.signed_at),
        "key": head.key_number,
        "signature": bytes(head.signature).hex(),
    }


def anchor() -> int:
    """Append to the open place's file the heads that it does not have yet; nothing in it is ever written over.

    What a killed worker left out, or what was signed by an export meanwhile, is appended by the next.
    """
    if not settings.LEDGER_ANCHORS:
        return 0
    path = Path(settings.LEDGER_ANCHORS) / f"{place_name(here())}.ndjson"
    tail = tail_of(path)
    heads = list(TreeHead.objects.filter(size__gt=last_size(tail)).order_by("size"))
    if heads:
        # A line that was cut off stays as it is, and the next begins behind it.
        begin = b"" if tail.endswith(b"\n") or not tail else b"\n"
        with path.open("ab") as file:
            file.write(begin + b"".join(json_bytes(head_line(head)) + b"\n" for head in heads))
            file.flush()
            os.fsync(file.fileno())
    return len(heads)


def tail_of(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        return file.read()


def last_size(tail: bytes) -> int:
    """Up to which entry the heads of the file go."""
    whole = [line for line in tail.split(b"\n")[:-1] if line.startswith(b'{"') and line.endswith(b"}")]
    return int(json.loads(whole[-1])["size"]) if whole else 0


def mail_head() -> int:
    """Send the newest head of the open place to those who watch it; answers how many they are."""
    watching = settings.LEDGER_MAIL.get(place_name(here()), [])
    head = head_here()
    if head is None or not watching or not settings.EMAIL_HOST:
        return 0
    line = json_bytes(head_line(head)).decode()
    with translation.override(settings.LANGUAGE_CODE):
        return send_mail(str(SUBJECT), f"{BODY}\n\n{line}\n", None, watching)


SUBJECT = _("Signature of the ledger")
BODY = _(
    "This is the newest signature of the ledger. Please keep this mail. Saved as a file, the line below is given to the "
    "checking program with --heads: it then tells whether the ledger was changed since."
)


def witness(head: TreeHead) -> None:
    """Write another place's head into the ledger of the open one: whoever rewrites that one must rewrite this one too."""
    audit.record(verb="audit.witnessed", by=None, detail=head_line(head))
