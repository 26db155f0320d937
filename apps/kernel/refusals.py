"""The family of expected noes: each carries a sentence for the person who is refused."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An expected no, with a sentence that says what happened and what to do next.

    The exception's text is the code only: sentences may be filled with words that do not belong in a log.
    """

    code = "refused"
    status = 422
    sentence: str | Promise = _("This is not possible right now. Please check your input and try again.")

    def __init__(self, *, subject: object = None, client_id: UUID | None = None, **words: object) -> None:
        super().__init__(self.code)
        self.subject = subject
        self.client_id = client_id
        self.words = words

    def __str__(self) -> str:
        return self.code

    @property
    def said(self) -> str:
        """The sentence in the reader's language, its placeholders filled."""
        sentence = str(self.sentence)
        return sentence % self.words if self.words else sentence


class NotHere(Refusal, Http404):
    """Hidden or missing: the two are answered alike."""

    code = "not_here"
    status = 404
    sentence = _("There is nothing here for you. It may have been moved, or it is not shared with you.")


class NotAllowed(Refusal, PermissionDenied):
    """Visible, but this deed is not this person's to do."""

    code = "not_allowed"
    status = 403
    sentence = _("You may see this, but not change it. Ask your administrator if you need to.")


class TooLarge(Refusal):
    """More was sent at once than is read."""

    code = "too_large"
    status = 413
    sentence = _("This is too much at once, so nothing was saved. Please send less, or in several parts.")


class TooOften(Refusal):
    """A limit on how often something may be tried has been reached."""

    code = "too_often"
    status = 429
    sentence = _("Too many tries in a short time. Please wait a minute and try again.")


class IndividualNumber(Refusal):
    """Somebody has typed what looks like an individual number."""

    code = "individual_number"
    sentence = _("This looks like an individual number (My Number). It must not be kept here, so nothing was saved.")
