"""The slip on paper."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.kernel import print as paper
from apps.kernel.templatetags.house import clock, wareki


def slip_pdf(**words: Any) -> bytes:
    """One A4 sheet with the words of `sheet`."""
    return slips_pdf([words])


def slips_pdf(slips: Iterable[dict[str, Any]]) -> bytes:
    """A stack of A4 sheets in one file, one for each person, each with the words of `sheet`."""
    return paper.pdf("accounts", "slip", {"sheets": [sheet(**words) for words in slips]})


def sheet(
    *,
    environment_name: str,
    organization_name: str,
    member_name: str,
    member_kana: str,
    login_id: str,
    code: str,
    expires_at: datetime,
    join_url: str,
) -> dict[str, Any]:
    """One A4 sheet for the hand of the person it names, in the language in force.

    The code follows the # of the address in the QR code: a scanner's browser never sends it to a server.
    """
    until = _("%(day)s, %(time)s") % {"day": wareki(expires_at), "time": clock(expires_at)}
    return {
        "lang": get_language() or "ja",
        "title": _("Your way in"),
        "mark": paper.mark(),
        "environment": environment_name,
        "organization": organization_name,
        # Translators: the addressee of a printed sheet; in Japanese 「%(name)s 様」.
        "name": _("For %(name)s") % {"name": member_name},
        "kana": member_kana,
        "login_id_label": _("Login ID"),
        "login_id": login_id,
        "code_label": _("Code (works once)"),
        "code": code,
        "until_label": _("Valid until"),
        "until": until,
        "qr": paper.qr_code(f"{join_url}#{code}"),
        "qr_label": _("Scan with the camera of your phone"),
        "address_label": _("Without a camera, open this address and type the code"),
        "address": join_url,
        "steps": [
            _("Scan the QR code, or open the address and type the code."),
            _("Choose a passphrase of at least 13 characters. A few words with spaces are easy to remember."),
            _("Add a second factor: your face, finger or PIN on this device, or an authenticator app."),
        ],
        "steps_label": _("Three steps, about three minutes"),
        "help": [
            _("This slip is a key. Please give it to nobody, and shred it when you have joined."),
            _(
                "When it has expired or was used already: ask the administrator for a new slip. The old code stops working."
            ),
            _("No one from this service asks for your passphrase or your code by phone or e-mail."),
        ],
        "help_label": _("Please note"),
    }
