"""Answer a message in a set phrase, or take that back."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.forms import ReactionForm
from apps.rooms.models import ReactionKind
from apps.rooms.views.message import done


@require_POST
def reaction(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    message = message_for(request.member, room_id, message_number)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=message.room, client_id=message.room.client_id)
    verb = actions.react if form.cleaned_data["state"] == form.ON else actions.take_reaction_back
    verb(message=message, kind=ReactionKind(form.cleaned_data["kind"]), by=request.member)
    return done(request, message)
