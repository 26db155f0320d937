"""The sheet that a family takes home: their code, and in plain words what it opens."""

from django.utils import translation
from django.utils.translation import gettext as _

from apps.kernel.print import mark, pdf, qr_code
from apps.kernel.templatetags.house import day
from apps.oversight.models import FamilyCode


def code_pdf(code: FamilyCode, *, address: str) -> bytes:
    """One sheet of A4. It bears no name of anybody: sheets lie on kitchen tables."""
    values = {
        "lang": (translation.get_language() or "ja")[:2],
        "mark": mark(),
        "code": code.code,
        "address": address,
        "until": day(code.expires_at),
        "office": code.issued_by.organization.name,
        "qr": qr_code(address),
        "title": _("Who has looked at the record?"),
        "words": [
            _("Hold a phone's camera over this code, or type the address below. No account is needed."),
            _("You see which organization looked, in which role, on which day and for what purpose."),
            _(
                "Where you do not understand a line, press “What was this?”. We answer within two weeks, on the same page."
            ),
            _(
                "Whoever has this sheet can see the page. Please keep it with care, and tell us if it is lost: we close it."
            ),
        ],
        "until_label": _("The code opens until"),
        "office_label": _("Handed out by"),
    }
    return pdf("oversight", "family", values)
