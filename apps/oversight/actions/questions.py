"""Keep a question that is asked again, and let it go."""

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.oversight.access import check_can_read_ledger, questions_of
from apps.oversight.models import SavedQuestion
from apps.oversight.refusals import NameTaken, TooManyQuestions

MOST = 50


@transaction.atomic
def save_question(*, name: str, asked: dict[str, str], by: Member) -> SavedQuestion:
    """Under a name that only this auditor sees; what is asked is ids, codes and days."""
    check_can_read_ledger(by)
    # The auditor's own place is locked: two windows do not save one more than there may be.
    Member.objects.select_for_update(of=("self",)).get(pk=by.pk)
    own = questions_of(by)
    if own.filter(name=name).exists():
        raise NameTaken
    if own.count() >= MOST:
        raise TooManyQuestions(limit=MOST)

    about = {"environment_id": by.environment_id, "member": by}
    question: SavedQuestion = SavedQuestion.objects.create(name=name, asked=asked, **about)
    audit.record(verb="oversight.question_saved", subject=question, by=by, purpose="audit", detail={"asked": asked})
    return question


@transaction.atomic
def remove_question(*, question: SavedQuestion, by: Member) -> None:
    check_can_read_ledger(by)

    audit.record(verb="oversight.question_removed", subject=question, by=by, purpose="audit")
    questions_of(by).filter(pk=question.pk).delete()
