"""A person leaves or changes organization: the place ends and the work passes on, together or not at all.

The floors below end the place, the openings and the time in rooms each by a verb of their own; only from here can all
of them be seen, so that one transaction holds them: no place is left with open doors, no work without the place's end.
They are called from the lowest floor up, which is also the order of their locks.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients import actions as clients
from apps.environments import actions as environments
from apps.environments.models import Member, Organization
from apps.handovers.access import check_can_take_over
from apps.notices.actions import notify
from apps.rooms import actions as rooms


@transaction.atomic
def leave(*, member: Member, successor: Member | None, by: Member) -> Member:
    """End a person's place with every sign-in and device, and pass what is open to a colleague of the organization.

    Refused when the place has ended already, the successor is no present colleague, or nobody would be left as admin.
    """
    ended = environments.end_membership(member=member, by=by)

    pass_on(ended, successor=successor, by=by)
    return ended


@transaction.atomic
def move(
    *,
    member: Member,
    organization: Organization,
    profession: str,
    role: str,
    successor: Member | None,
    by: Member,
) -> Member:
    """End a person's place and begin one for another organization, and pass what is open to a colleague of the old one.

    Returns the new place. Nothing that was open to the old place is open to the new one, and its history stays.
    """
    begun = environments.move_membership(
        member=member, organization=organization, profession=profession, role=role, by=by
    )

    pass_on(Member.objects.select_related("user").get(pk=member.pk), successor=successor, by=by)
    return begun


def pass_on(member: Member, *, successor: Member | None, by: Member) -> None:
    # Asked after the place has ended, under its locks: of two colleagues who leave for each other one is gone by now.
    if successor is not None:
        check_can_take_over(successor, member)

    openings = clients.drop_grants(member=member, by=by)
    named = clients.hand_on_teams(member=member, successor=successor, by=by)
    passed = rooms.hand_on_rooms(member=member, successor=successor, by=by)
    audit.record(
        verb="handovers.passed_on",
        subject=member,
        by=by,
        detail={
            "to": str(successor.pk) if successor else "",
            "clients": named,
            "rooms": passed,
            "openings": openings,
        },
    )
    if successor is not None and (named or passed):
        notify(
            receivers=[successor],
            sentence=gettext_noop("The work of a colleague who has gone was passed on to you."),
            path=reverse("clients:list", kwargs={"slug": by.environment.slug}),
        )
