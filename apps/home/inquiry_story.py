"""The anonymous inquiry of the demonstration: open, with some answers, and without the consent that naming would need."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.clients.access import clients_in_care_of
from apps.environments.models import Member
from apps.home.paper_story import address_of
from apps.inquiries import actions as inquiries
from apps.inquiries.access import facilities_to_ask
from apps.inquiries.card import Card
from apps.inquiries.kinds import age_group_of
from apps.paper.kinds import Printed

# Of the care managers' office, where answers on paper go back to.
FAX = "0198-00-2345"
NEED = "退院後、午前中の訪問と入浴の見守りを希望しています。ご家族は日中お仕事です。"
# Who says what: what, why not, what else.
SAID: dict[str, tuple[str, list[str], str]] = {
    "suzuki": ("can", [], "来週から週2回お受けできます。"),
    "takahashi": ("talk", ["weekday"], "水曜の午後であれば空きがあります。"),
}


def look_for_a_place(member: Callable[[str], Member]) -> None:
    """A care manager asks three offices, of which two have answered, and one that has only a FAX: its sheet is out."""
    planner = member("sato")
    client = clients_in_care_of(planner).filter(is_protected=False).order_by("born_on").first()
    if client is None:
        return
    card = Card(
        age_group=age_group_of(client.born_on, timezone.localdate()),
        support="care_heavy",
        area="駅の東側",
        weekdays=("mon", "wed"),
        bands=("morning",),
        text=NEED,
    )
    offices = [member(one).organization for one in [*SAID, "kato"]]
    due = timezone.now() + timedelta(days=3)
    by_fax = facilities_to_ask(planner).filter(organization=None).exclude(fax="").first()
    about: dict[str, Any] = {"organizations": offices, "facilities": [by_fax] if by_fax is not None else []}
    inquiry = inquiries.send_inquiry(client=client, card=card, due_at=due, by=planner, **about)
    for login_id, (said, reasons, remark) in SAID.items():
        by = member(login_id)
        asked = inquiry.recipients.get(organization=by.organization_id)
        inquiries.answer_inquiry(recipient=asked, said=said, reasons=reasons, remark=remark, version=0, by=by)
    if by_fax is not None:
        inquiries.print_inquiry(
            inquiry=inquiry, whom=Printed.WITHOUT_ACCOUNT, fax=FAX, address_of=address_of, by=planner
        )
