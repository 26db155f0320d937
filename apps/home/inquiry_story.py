"""The anonymous inquiry of the demonstration: open, with some answers, and without the consent that naming would need."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from apps.clients.access import clients_in_care_of
from apps.environments.models import Member
from apps.inquiries import actions as inquiries
from apps.inquiries.card import Card
from apps.inquiries.kinds import age_group_of

NEED = "退院後、午前中の訪問と入浴の見守りを希望しています。ご家族は日中お仕事です。"
# Who says what: what, why not, what else.
SAID: dict[str, tuple[str, list[str], str]] = {
    "suzuki": ("can", [], "来週から週2回お受けできます。"),
    "takahashi": ("talk", ["weekday"], "水曜の午後であれば空きがあります。"),
}


def look_for_a_place(member: Callable[[str], Member]) -> None:
    """A care manager asks three offices; two have answered."""
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
    inquiry = inquiries.send_inquiry(client=client, card=card, organizations=offices, due_at=due, by=planner)
    for login_id, (said, reasons, remark) in SAID.items():
        by = member(login_id)
        asked = inquiry.recipients.get(organization=by.organization_id)
        inquiries.answer_inquiry(recipient=asked, said=said, reasons=reasons, remark=remark, version=0, by=by)
