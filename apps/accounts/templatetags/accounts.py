"""What a template asks accounts."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def idle_minutes() -> int:
    """Minutes without a deed after which a screen is covered."""
    return settings.IDLE_MINUTES
