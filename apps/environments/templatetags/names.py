"""People as the reader of a page may be shown them."""

from typing import Any

from django import template

from apps.environments.models import Member
from apps.environments.names import NOBODYS, Names, PersonShown

register = template.Library()


@register.filter
def shown_by(person: Member, names: Any) -> PersonShown:
    """`{% with author=message.author|shown_by:names %}`: name, organization and id, or "another participant".

    A fragment that was handed no names shows nobody's.
    """
    return (names if isinstance(names, Names) else NOBODYS).of(person)
