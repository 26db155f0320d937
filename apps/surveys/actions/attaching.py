"""Files in answers: taken in, given with a reply, let go when no answer names them any more."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from apps.environments.models import Member
from apps.files.actions import check_sent_again, forget_files, keep_files, take_file
from apps.files.models import StoredFile
from apps.kernel.refusals import NotHere, Refusal
from apps.surveys.access import may_answer
from apps.surveys.models import AnswerFile, Question, QuestionKind, Recipient
from apps.surveys.queries import files_of_office
from apps.surveys.refusals import SurveyClosed, WrongAnswers


@transaction.atomic
def take_answer_file(*, recipient: Recipient, upload: UploadedFile, by: Member) -> StoredFile:
    """Take in a file of a plain form, to be given as an answer; what is not given is swept after a day."""
    if not may_answer(by, recipient):
        raise NotHere(subject=recipient.survey)
    if not recipient.survey.takes_answers:
        raise SurveyClosed(subject=recipient)

    return take_file(name=upload.name or "", content=upload, size=upload.size or 0, by=by)


def attach_files(recipient: Recipient, questions: Iterable[Question], values: Mapping[int, Any], by: Member) -> None:
    """Let the files that these answers name be the reply's and no others. Call it inside the transaction that writes the
    answers: a file is the giver's own, or one that the office has given before; otherwise the answer is refused."""
    of_number = {one.number: one for one in questions if one.kind == QuestionKind.FILE}
    wanted = [(number, UUID(one)) for number in of_number for one in values.get(number, [])]
    standing = {(one.question.number, one.file_id): one for one in rows_of(recipient)}
    for number in of_number:
        new = [UUID(one) for one in values.get(number, []) if (number, UUID(one)) not in standing]
        made_the_replys(recipient, number, new, by)
    highest = max((one.number for one in standing.values()), default=0)
    AnswerFile.objects.bulk_create(
        AnswerFile(
            environment_id=recipient.environment_id,
            recipient=recipient,
            question=of_number[number],
            number=nth,
            file_id=file,
        )
        for nth, (number, file) in enumerate((one for one in wanted if one not in standing), start=highest + 1)
    )
    let_go([one for key, one in standing.items() if key not in wanted])


def rows_of(recipient: Recipient) -> Iterable[AnswerFile]:
    return AnswerFile.objects.filter(recipient=recipient).select_related("question")


def made_the_replys(recipient: Recipient, number: int, ids: list[UUID], by: Member) -> None:
    """What the office has given before is given again; everything else is kept from the giver's own."""
    try:
        # Under the lock: what is given again here is not thrown away meanwhile by who takes it back elsewhere.
        given = files_of_office(recipient).filter(file__in=ids).values("file")
        before = list(StoredFile.objects.select_for_update(of=("self",)).filter(pk__in=given).order_by("pk"))
        check_sent_again(files=before, by=by)
        keep_files(ids=[one for one in ids if one not in {file.pk for file in before}], by=by)
    except Refusal as refusal:
        raise WrongAnswers({number: refusal.said}) from refusal


def let_go(rows: list[AnswerFile]) -> None:
    """Thrown away where no other answer names them."""
    ids = [one.file_id for one in rows]
    AnswerFile.objects.filter(pk__in=[one.pk for one in rows]).delete()
    locked = StoredFile.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    free = [file.pk for file in locked if not AnswerFile.objects.filter(file=file).exists()]
    forget_files(ids=free)
