"""Who hands out a family's code, what it opens, and who answers what they ask.

The person at the counter may be the one whom a client must be protected from: nothing of a report of an abuse, and
nothing about protected places, is ever among what a code opens.
"""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from apps.audit.models import Entry, Outcome
from apps.clients.access import is_of_the_division
from apps.clients.models import Client
from apps.environments.models import Member, Role
from apps.kernel.refusals import NotAllowed, NotHere
from apps.oversight.models import FamilyCode, FamilyQuestion
from apps.oversight.refusals import CodeUnknown

SHOWN_FOR = timedelta(days=365)
WATCHERS = {Role.ADMIN, Role.AUDITOR}
LENGTH = 19
# Deeds of a protection, and of a report of an abuse: that they happened must not be read by who holds a paper.
WITHHELD = (
    Q(purpose__in=["report", "protected"])
    | Q(purpose__startswith="legal-basis:")
    | Q(verb__startswith="clients.report")
    | Q(verb__startswith="clients.protect")
    | Q(verb__startswith="clients.petition")
    | Q(verb__startswith="clients.place")
    | Q(verb__startswith="oversight.")
)


def check_can_hand_out(member: Member, client: Client) -> None:
    """The desk of the division in charge, and nobody else."""
    if not is_of_the_division(member, client):
        raise NotAllowed(subject=client)


def codes_of(member: Member, client: Client) -> QuerySet[FamilyCode]:
    check_can_hand_out(member, client)
    found: QuerySet[FamilyCode] = FamilyCode.objects.filter(client=client).select_related("issued_by")
    return found


def code_for(member: Member, client: Client, code_id: UUID) -> FamilyCode:
    found = codes_of(member, client).filter(pk=code_id).first()
    if found is None:
        raise NotHere(subject=code_id, client_id=client.pk)
    return found


def environment_of_code(code: str) -> UUID:
    """Where a paper is from, of somebody who has said nothing but its code."""
    if len(code) != LENGTH or "\x00" in code:
        raise CodeUnknown
    with connection.cursor() as cursor:
        cursor.execute("SELECT oversight_environment_of_code(%s)", [code])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise CodeUnknown
    return UUID(str(row[0]))


def code_typed(code: str) -> FamilyCode:
    """The code in the open environment while it opens; ended, revoked and wrong answer alike. A client who has been
    protected since is closed to every paper."""
    found: FamilyCode | None = FamilyCode.objects.select_related("client", "environment").filter(code=code).first()
    if found is None or not found.is_open or found.client.is_protected:
        raise CodeUnknown
    return found


def entries_for_family(code: FamilyCode) -> QuerySet[Entry]:
    """What people did with this one client's record within a year before the code was handed out, and since."""
    return Entry.objects.filter(
        environment_id=code.environment_id,
        client_id=code.client_id,
        outcome=Outcome.DONE,
        member_id__isnull=False,
        recorded_at__gte=code.issued_at - SHOWN_FOR,
    ).exclude(WITHHELD)


def can_answer(member: Member) -> bool:
    """Who watches over the environment: its admins and its auditors."""
    return member.is_current and member.role in WATCHERS


def check_can_answer(member: Member) -> None:
    if not can_answer(member):
        raise NotAllowed


def people_who_answer() -> QuerySet[Member]:
    found: QuerySet[Member] = Member.objects.current().with_role(*WATCHERS)
    return found


def family_questions_for(member: Member) -> QuerySet[FamilyQuestion]:
    check_can_answer(member)
    found: QuerySet[FamilyQuestion] = FamilyQuestion.objects.select_related("answered_by")
    return found


def family_question_for(member: Member, question_id: UUID) -> FamilyQuestion:
    """Hidden and missing alike for everybody who does not answer."""
    found = family_questions_for(member).filter(pk=question_id).first() if can_answer(member) else None
    if found is None:
        raise NotHere(subject=question_id)
    return found
