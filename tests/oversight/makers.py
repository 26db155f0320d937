"""Makers of what stands beside the ledger."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.oversight.actions.family import fresh_code
from apps.oversight.models import (
    Export,
    FamilyCode,
    FamilyPolicy,
    FamilyQuestion,
    SavedQuestion,
    Unusual,
    UnusualReview,
    Watch,
)
from apps.oversight.packing.signing import have_a_key


def make_question(member: Member, name: str = "拒否されたもの", **asked: str) -> SavedQuestion:
    about = {"environment": member.environment, "member": member}
    question: SavedQuestion = SavedQuestion.objects.create(name=name, asked=asked or {"outcome": "refused"}, **about)
    return question


def make_unusual(member: Member, *, client: Client | None = None, rule: str = "hours", days: int = 7) -> Unusual:
    """Found a moment ago; with fewer than no days it was due long since."""
    found = timezone.now() - timedelta(days=30 if days < 0 else 0)
    about = {"environment": member.environment, "member": member, "client": client, "rule": rule}
    due = found + timedelta(days=abs(days))
    unusual: Unusual = Unusual.objects.create(day=timezone.localdate(found), found_at=found, due_at=due, **about)
    return unusual


def make_code(client: Client, *, by: Member, days: int = 30) -> FamilyCode:
    """Handed out so that it opens for so many days from now on; fewer than none have passed."""
    now = timezone.now()
    about = {"environment": client.environment, "client": client, "asked_by": "長女", "identity": "card"}
    times = {"issued_at": now - timedelta(days=60), "expires_at": now + timedelta(days=days), "issued_by": by}
    code: FamilyCode = FamilyCode.objects.create(code=fresh_code(), **about, **times)
    return code


def make_family_question(code: FamilyCode, *, entry_id: int = 1, days: int = 14) -> FamilyQuestion:
    now = timezone.now()
    about = {"environment": code.environment, "code": code, "entry_id": entry_id}
    times = {"asked_at": now - timedelta(days=30), "due_at": now + timedelta(days=days)}
    question: FamilyQuestion = FamilyQuestion.objects.create(**about, **times)
    return question


def make_export(member: Member, form: str = "csv") -> Export:
    """Entries that were taken out, as far as the row and some bytes go."""
    name = storages["exports"].save(f"{member.environment_id}/export", ContentFile(b"a,b"))
    made = {"made_at": timezone.now(), "stored_as": name, "size": 3, "sha256": "0" * 64, "of": 1, "done": 1}
    days = {"since": timezone.localdate(), "until": timezone.localdate()}
    export: Export = Export.objects.create(
        environment=member.environment, asked_by=member, form=form, sealed=1, **days, **made
    )
    return export


def behind_addresses(*, by: Member, client: Client) -> dict[str, Any]:
    """What the words of this app's addresses name, and one of everything else."""
    Watch.objects.create(environment=by.environment, set_by=by)
    reviewed = make_unusual(by, client=client, rule="team")
    about = {"environment": by.environment, "reviewed_by": by, "finding": "explained", "words": "確認しました。"}
    UnusualReview.objects.create(unusual=reviewed, **about)
    have_a_key(by.environment)
    FamilyPolicy.objects.create(environment=by.environment, set_by=by)
    code = make_code(client, by=by)
    return {
        "question_id": make_question(by).pk,
        "export_id": make_export(by).pk,
        "unusual_id": make_unusual(by, client=client).pk,
        "code_id": code.pk,
        "family_code": code.code,
        "family_question_id": make_family_question(code).pk,
    }
