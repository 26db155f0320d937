"""How papers of a protected client say no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import NotAllowed, Refusal


class PaperWithheld(NotAllowed):
    code = "paper_withheld"
    sentence = _(
        "This paper may show where the client is to be found. It is opened only by those who were let in to the places, "
        "until one of them says that no place is shown on it."
    )


class ClearedAlready(Refusal):
    code = "cleared_already"
    sentence = _("Somebody has said so already. Reload the page to see how it stands.")


class NotCleared(Refusal):
    code = "not_cleared"
    sentence = _("This paper is withheld already. Reload the page to see how it stands.")
