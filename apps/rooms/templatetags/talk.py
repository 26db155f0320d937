"""What a room is called, as the reader of the page knows it."""

from django import template
from django.template import Context

from apps.environments.models import Member
from apps.environments.templatetags.names import names_of_reader
from apps.rooms.models import TalkRoom

register = template.Library()


@register.simple_tag(takes_context=True)
def title_of(context: Context, room: TalkRoom) -> str:
    """`{% title_of room %}`: its client, its title, or both; a talk of two is called for the other one."""
    other = other_of(context, room)
    if other is not None:
        return names_of_reader(getattr(context, "request", None)).name(other)
    if room.client is None:
        return room.title
    return f"{room.client.name} · {room.title}" if room.title else room.client.name


@register.simple_tag(takes_context=True)
def other_of(context: Context, room: TalkRoom) -> Member | None:
    """`{% other_of room as other %}`: with whom the reader talks in a talk of two; nobody in other rooms."""
    if room.pair_first is None:
        return None
    reader = getattr(getattr(context, "request", None), "member", None)
    return room.pair_second if reader is not None and reader.pk == room.pair_first_id else room.pair_first
