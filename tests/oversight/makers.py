"""Makers of what stands beside the ledger."""

from typing import Any

from apps.environments.models import Member
from apps.oversight.models import SavedQuestion


def make_question(member: Member, name: str = "拒否されたもの", **asked: str) -> SavedQuestion:
    about = {"environment": member.environment, "member": member}
    question: SavedQuestion = SavedQuestion.objects.create(name=name, asked=asked or {"outcome": "refused"}, **about)
    return question


def behind_addresses(*, by: Member) -> dict[str, Any]:
    """What the words of this app's addresses name."""
    return {"question_id": make_question(by).pk}
