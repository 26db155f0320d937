"""What is refused about a consent that is recorded already."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class EvidenceThere(Refusal):
    code = "evidence_there"
    sentence = _("A scan shows this consent already, and it is never replaced. Add a further file among the papers.")
