"""The tray of files in a form."""

from typing import Any

from django import template

from apps.environments.models import Environment
from apps.files.kinds import OFFERED
from apps.files.queries import limits_of
from apps.files.refusals import TooHeavyToSend, TooManyAtOnce

register = template.Library()


@register.inclusion_tag("files/_tray.html")
def file_tray(environment: Environment) -> dict[str, Any]:
    """`{% file_tray environment %}` inside a form of `multipart/form-data`: without a script, a plain choice of files."""
    limits = limits_of(environment.pk)
    return {
        "environment": environment,
        "limits": limits,
        "offered": OFFERED,
        "too_many": TooManyAtOnce(limit=limits.files_per_send).said,
        "too_heavy": TooHeavyToSend(limit=f"{limits.megabytes_per_send:,}").said,
    }
