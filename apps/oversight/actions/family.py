"""Hand out a code, take it back, ask about an entry, answer, and say whether names are told."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.notices.actions import notify
from apps.oversight.access import check_can_answer, check_can_hand_out, entries_for_family, people_who_answer
from apps.oversight.models import FamilyCode, FamilyPolicy, FamilyQuestion
from apps.oversight.models.family import ANSWER_WITHIN, CODE_LASTS
from apps.oversight.refusals import AnsweredAlready, NotForProtected, NotOfThisClient

# Read aloud and typed by hand: nothing that is taken for another sign.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@transaction.atomic
def hand_out_code(*, client: Client, asked_by: str, identity: str, by: Member) -> FamilyCode:
    """For thirty days, to somebody whose identity was checked at the desk."""
    check_can_hand_out(by, client)
    if client.is_protected:
        raise NotForProtected(subject=client, client_id=client.pk)

    now = timezone.now()
    about = {"environment_id": by.environment_id, "client": client, "asked_by": asked_by, "identity": identity}
    times = {"issued_at": now, "expires_at": now + CODE_LASTS, "issued_by": by}
    code: FamilyCode = FamilyCode.objects.create(code=fresh_code(), **about, **times)
    detail = {"identity": identity}
    audit.record(verb="oversight.code_handed_out", subject=code, client=client, by=by, detail=detail)
    return code


def fresh_code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _part in range(4))


@transaction.atomic
def revoke_code(*, code: FamilyCode, by: Member) -> None:
    """The paper opens nothing from now on; what was asked by it stays."""
    check_can_hand_out(by, code.client)

    fresh = FamilyCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at, fresh.revoked_by = timezone.now(), by
        fresh.save(update_fields=["revoked_at", "revoked_by"])
        audit.record(verb="oversight.code_revoked", subject=fresh, client=fresh.client_id, by=by)


@transaction.atomic
def ask_about(*, code: FamilyCode, entry_id: int) -> FamilyQuestion:
    """ "What was this?" by whoever holds the paper: once for an entry, answered within two weeks."""
    if not entries_for_family(code).filter(pk=entry_id).exists():
        raise NotOfThisClient(subject=code, client_id=code.client_id)

    now = timezone.now()
    about = {"environment_id": code.environment_id, "asked_at": now, "due_at": now + ANSWER_WITHIN}
    question, is_new = FamilyQuestion.objects.get_or_create(code=code, entry_id=entry_id, defaults=about)
    kept: FamilyQuestion = question
    if is_new:
        audit.record(verb="oversight.family_asked", subject=kept, client=code.client_id, by=None, purpose="family")
        sentence = gettext_noop("A family asks what an entry of the ledger was. Please answer within two weeks.")
        notify(receivers=people_who_answer(), sentence=sentence, path="ledger/family/")
    return kept


@transaction.atomic
def answer_family(*, question: FamilyQuestion, answer: str, by: Member) -> FamilyQuestion:
    """Once: the family reads it on their page."""
    check_can_answer(by)
    # Two who watch may answer at once: the second is told.
    fresh: FamilyQuestion = FamilyQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if fresh.answered_at is not None:
        raise AnsweredAlready(subject=question)

    fresh.answer, fresh.answered_at, fresh.answered_by = answer, timezone.now(), by
    fresh.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(verb="oversight.family_answered", subject=fresh, client=fresh.code.client_id, by=by)
    return fresh


@transaction.atomic
def set_family_policy(*, shows_names: bool, by: Member) -> FamilyPolicy:
    """Whether families are told names, from now on and on every paper that is out."""
    check_can_answer(by)

    policy: FamilyPolicy = FamilyPolicy.objects.create(
        environment_id=by.environment_id, set_by=by, shows_names=shows_names
    )
    audit.record(verb="oversight.family_policy_set", subject=policy, by=by, detail={"shows_names": shows_names})
    return policy
