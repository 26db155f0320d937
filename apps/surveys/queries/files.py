"""Files that offices have given: by what name, behind which address."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from apps.environments.models import Member
from apps.files.access import files_to_send
from apps.files.models import FileState, StoredFile
from apps.files.queries import why_refused
from apps.surveys.models import AnswerFile, Recipient, Survey
from apps.surveys.results.given import GivenFile


def files_of_office(recipient: Recipient) -> QuerySet[AnswerFile]:
    """What the same office has given, now and before, to whoever asked."""
    same = {"recipient__organization": recipient.organization_id, "recipient__facility": recipient.facility_id}
    found: QuerySet[AnswerFile] = AnswerFile.objects.filter(**same).select_related("file")
    return found


def names_to_give(recipient: Recipient, ids: Iterable[Any], by: Member) -> dict[str, str]:
    """The names of those of these files that this person may give for this office, by id: what the office has given, and
    what the person has sent up for it."""
    wanted = [one for one in ids if is_id(one)]
    given = files_of_office(recipient).filter(file__in=wanted).values_list("file", "file__name")
    own = files_to_send(by).filter(pk__in=wanted).exclude(state=FileState.REFUSED).values_list("pk", "name")
    return {str(pk): name for pk, name in [*given, *own]} if wanted else {}


def is_id(told: Any) -> bool:
    try:
        return bool(UUID(str(told)))
    except ValueError:
        return False


def still_there(recipient: Recipient, ids: Iterable[str]) -> list[str]:
    """Those of what the office gave last time that were kept: what the scanner threw away is not given again."""
    wanted = list(ids)
    ready = files_of_office(recipient).filter(file__in=[UUID(one) for one in wanted], file__state=FileState.READY)
    found = {str(one) for one in ready.values_list("file", flat=True)}
    return [one for one in wanted if one in found]


def given_files(recipients: QuerySet[Recipient], survey: Survey) -> dict[Any, dict[str, GivenFile]]:
    """Of each of these offices, by recipient and id of the file: one statement."""
    told: dict[Any, dict[str, GivenFile]] = defaultdict(dict)
    found = AnswerFile.objects.filter(recipient__in=recipients).select_related("file", "recipient", "question")
    for one in found:
        told[one.recipient_id][str(one.file_id)] = given_file(one, survey)
    return told


def given_file(one: AnswerFile, survey: Survey) -> GivenFile:
    words = {"slug": survey.environment.slug, "survey_id": survey.pk}
    path = reverse(
        "surveys:reply_file",
        kwargs=words | {"recipient_number": one.recipient.number, "file_number": one.number},
    )
    file: StoredFile = one.file
    trouble = "" if file.is_ready else why_refused(file) if file.reason else str(file.get_state_display())
    return GivenFile(one.number, file.name, "" if trouble else path, trouble)
