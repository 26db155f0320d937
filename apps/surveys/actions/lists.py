"""Keep whom one asks as a list, to be used again by one's organization."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from apps.audit import actions as audit
from apps.environments.models import Member, Organization
from apps.facilities.models import Facility
from apps.kernel.my_number import holds_individual_number
from apps.kernel.refusals import IndividualNumber
from apps.surveys.access import check_can_make_surveys, facilities_to_ask, list_for, organizations_to_ask
from apps.surveys.models import ListedTarget, TargetList
from apps.surveys.refusals import ListNameTaken, ListWithoutName, NoTarget, TargetNotHere


@transaction.atomic
def keep_list(
    *, name: str, organizations: Iterable[Organization] = (), facilities: Iterable[Facility] = (), by: Member
) -> TargetList:
    """Keep these under a name of their own. Refuses a list of nobody."""
    check_can_make_surveys(by)
    name = checked_name(name)
    offices, places = set(organizations), set(facilities)
    if not offices and not places:
        raise NoTarget
    if offices - set(organizations_to_ask(by)) or places - set(facilities_to_ask(by)):
        raise TargetNotHere

    around = {"environment_id": by.environment_id}
    with a_name_of_its_own():
        kept: TargetList = TargetList.objects.create(
            organization_id=by.organization_id, created_by=by, name=name, **around
        )
    listed = [{"organization": one} for one in offices] + [{"facility": one} for one in places]
    ListedTarget.objects.bulk_create(ListedTarget(target_list=kept, **one, **around) for one in listed)
    audit.record(verb="surveys.list_kept", subject=kept, by=by, detail={"targets": len(listed)})
    return kept


@transaction.atomic
def rename_list(*, target_list: TargetList, name: str, by: Member) -> TargetList:
    """Under another name; whom it holds stays."""
    kept = list_for(by, target_list.pk)

    kept.name = checked_name(name)
    with a_name_of_its_own():
        kept.save(update_fields=["name"])
    audit.record(verb="surveys.list_renamed", subject=kept, by=by)
    return kept


@transaction.atomic
def remove_list(*, target_list: TargetList, by: Member) -> None:
    """Throw it away; surveys that asked those whom it held stay as they are."""
    kept = list_for(by, target_list.pk)

    audit.record(verb="surveys.list_removed", subject=kept, by=by)
    kept.delete()


def checked_name(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > TargetList.LONGEST_NAME or "\x00" in said:
        raise ListWithoutName(most=TargetList.LONGEST_NAME)
    if holds_individual_number(said):
        raise IndividualNumber
    return said


@contextmanager
def a_name_of_its_own() -> Iterator[None]:
    """Of two who take the same name at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ListNameTaken from error
