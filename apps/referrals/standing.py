"""Where a referral stands, folded from its steps: the database folds them too (migration 0002), and a test compares both.

The family looks at a facility and applies for the benefit side by side. So two things are kept apart: how far the family has
`reached` with the facility, and how far the `application` is. `applied` and `granted` may come at any moment up to the
contract; they are where the referral stands once the family has decided, and a contract needs both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from apps.referrals.kinds import OVER, StepKind

# From where each step leads on.
FROM: dict[str, tuple[str, ...]] = {
    "introduced": ("consulted",),
    # Booked again is moved to another day.
    "visit_booked": ("consulted", "introduced", "visit_booked"),
    "visit_cancelled": ("visit_booked",),
    # Some come without having booked.
    "visited": ("introduced", "visit_booked"),
    "no_show": ("visit_booked",),
    "trial_booked": ("visited",),
    "trialed": ("trial_booked",),
    "decided": ("visited", "trialed"),
    "contracted": ("decided",),
    "started": ("contracted",),
}
# Until the contract.
APPLYING = ("consulted", "introduced", "visit_booked", "visited", "trial_booked", "trialed", "decided")
PAUSING = (*APPLYING[1:], "contracted")
# A visit that was not made leads back to before it was booked.
BACK = {"visit_cancelled": "introduced", "no_show": "introduced"}
ENDING = ("declined_by_office", "declined_by_family", "withdrawn")


class Told(Protocol):
    """A step, as far as it is folded."""

    number: int
    kind: str
    happened_on: date
    corrects_id: int | None
    pk: int


@dataclass(frozen=True)
class Standing:
    """`aside` is what has stopped the way for now, or for good."""

    reached: str
    application: str
    aside: str
    since_on: date

    @property
    def state(self) -> str:
        if self.aside:
            return self.aside
        return self.application if self.reached == "decided" and self.application else self.reached

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def allows(self, kind: str) -> bool:
        """Whether this may happen next."""
        if self.is_over:
            return False
        if kind in FROM:
            is_ready = kind != "contracted" or self.application == "granted"
            return self.reached in FROM[kind] and is_ready
        if kind in {"applied", "granted"}:
            return self.reached in APPLYING and self.application == {"applied": "", "granted": "applied"}[kind]
        if kind == "waiting":
            return self.reached in PAUSING and self.aside != "waiting"
        if kind == "resumed":
            return self.aside == "waiting"
        return kind in ENDING

    def after(self, kind: str, happened_on: date) -> "Standing":
        """Where it stands once this has happened; only what `allows` says."""
        if kind in FROM:
            aside = "no_show" if kind == "no_show" else ""
            return replace(self, reached=BACK.get(kind, kind), aside=aside, since_on=happened_on)
        if kind in {"applied", "granted"}:
            return replace(self, application=kind, since_on=happened_on)
        return replace(self, aside="" if kind == "resumed" else kind, since_on=happened_on)


class OutOfOrder(ValueError):
    """Steps that do not follow one another."""


def folded(consulted_on: date, steps: Iterable[Told]) -> Standing:
    """Where a referral stands after these steps, without those that were corrected."""
    told = sorted(steps, key=lambda one: one.number)
    corrected = {one.corrects_id for one in told if one.corrects_id is not None}
    standing = Standing("consulted", "", "", consulted_on)
    for one in told:
        if one.kind != StepKind.CORRECTED and one.pk not in corrected:
            if not standing.allows(one.kind):
                raise OutOfOrder
            standing = standing.after(one.kind, one.happened_on)
    return standing


def possible(standing: Standing) -> list[str]:
    """What may happen next, in the order of the way."""
    return [str(kind) for kind in StepKind.values if kind != "corrected" and standing.allows(kind)]


# What mostly comes next.
NEXT = {
    "consulted": "introduced",
    "introduced": "visit_booked",
    "no_show": "visit_booked",
    "visit_booked": "visited",
    "visited": "decided",
    "trial_booked": "trialed",
    "trialed": "decided",
    "decided": "applied",
    "applied": "granted",
    "granted": "contracted",
    "contracted": "started",
    "waiting": "resumed",
}
