"""People as the reader of a page may be shown them."""

from typing import Any

from django import template
from django.template import Context

from apps.environments.models import Member
from apps.environments.names import NOBODYS, Names, PersonShown, names_shown_to

register = template.Library()


@register.filter
def shown_by(person: Member, names: Any) -> PersonShown:
    """`{% with author=message.author|shown_by:names %}`: name, organization and id, or "another participant".

    A fragment that was handed no names shows nobody's.
    """
    return (names if isinstance(names, Names) else NOBODYS).of(person)


@register.simple_tag(takes_context=True)
def name_of(context: Context, person: Member) -> str:
    """`{% name_of record.withdrawn_by %}`: the name as the reader of the page may be shown it, whatever a fragment was handed."""
    return names_of_reader(getattr(context, "request", None)).name(person)


@register.simple_tag(takes_context=True)
def shown(context: Context, person: Member) -> PersonShown:
    """`{% shown edit.changed_by as who %}`: with name and organization, as the reader of the page may be shown them."""
    return names_of_reader(getattr(context, "request", None)).of(person)


def names_of_reader(request: Any) -> Names:
    """Asked once a page."""
    reader = getattr(request, "member", None)
    if reader is None:
        return NOBODYS
    if not hasattr(request, "names_shown"):
        request.names_shown = names_shown_to(reader)
    shown: Names = request.names_shown
    return shown
