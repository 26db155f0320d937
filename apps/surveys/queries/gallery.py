"""Templates that others share, read across environments by a function of the owner."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.surveys.access import templates_of
from apps.surveys.content import Content, read
from apps.surveys.models import SurveyTemplate


@dataclass(frozen=True)
class Shared:
    """A template that somebody shares, and the name of their environment."""

    id: UUID
    title: str
    summary: str
    content: Content
    shared_by: str


def shared_templates() -> list[Shared]:
    """All that are shared on this installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, title, summary, content::text, shared_by FROM surveys_shared_templates()")
        rows = cursor.fetchall()
    return [Shared(key, title, summary, read(json.loads(content)), who) for key, title, summary, content, who in rows]


def shared_template(template_id: UUID) -> Shared | None:
    return next((one for one in shared_templates() if one.id == template_id), None)


@dataclass(frozen=True)
class Ready:
    """What a template asks, what it is for, and by what the surveys that are made of it are known (Survey.origin)."""

    content: Content
    summary: str
    origin: UUID
    own: SurveyTemplate | None = None


def ready_one(member: Member, template_id: UUID) -> Ready:
    """A template of the member's organization, or one that somebody shares."""
    own = templates_of(member).filter(pk=template_id).first()
    if own is not None:
        return Ready(read(own.content), own.summary, own.origin or own.pk, own)
    shared = shared_template(template_id)
    if shared is None:
        raise NotHere(subject=template_id)
    return Ready(shared.content, shared.summary, shared.id)
