"""Facts in the past tense, told after they are true."""

from functools import partial

from django.db import transaction
from django.dispatch import Signal


class Happening(Signal):
    """A fact, named in the past tense, announced only after its transaction commits.

    Listeners may be late, be called twice or never: they look again at the rows. What a listener raises is logged
    and never reaches the verb that spoke.
    """

    def announce(self, **facts: object) -> None:
        transaction.on_commit(partial(self.send_robust, sender=None, **facts), robust=True)
