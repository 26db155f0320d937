"""Results on A4: every question with its counts and bars, and what was written."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.kernel.print import pdf
from apps.kernel.templatetags.house import moment
from apps.surveys.models import Survey
from apps.surveys.queries import Finding, Results
from apps.surveys.results.wording import measures_said

# So many texts at most stand with their question on one side.
FEW = 8


def sheet(results: Results) -> bytes:
    """Title, period, number of replies; then question after question."""
    survey = results.survey
    replies, offices = len(results.replies), survey.recipients.count()
    told = {
        "title": survey.title,
        "asked_by": survey.organization.name,
        "period": period(survey),
        "replies": _("%(replies)s of %(offices)s have answered") % {"replies": replies, "offices": offices},
        "stamp": _("Results of a survey, as of %(moment)s") % {"moment": moment(timezone.now())},
        "total": _("Total"),
        "written": _("What was written"),
        "findings": [finding_said(one) for one in results.findings],
    }
    return pdf("surveys", "results", told)


def period(survey: Survey) -> str:
    until = survey.closed_at or survey.due_at
    return f"{moment(survey.opened_at)} – {moment(until)}" if survey.opened_at and until else ""


def finding_said(finding: Finding) -> dict[str, Any]:
    topic = finding.topic
    return {
        "head": f"{topic.question.number}. {topic.text}",
        "has_parts": topic.has_parts,
        "heads": topic.dimensions[0].heads if topic.has_parts else [],
        "tallies": [
            {
                "part": one.dimension.part,
                "total": one.total,
                "counts": [
                    {"label": c.label, "number": c.number, "share": c.share, "said": f"{c.share:.1f}%"}
                    for c in one.counts
                ],
            }
            for one in finding.tallies
        ],
        "measures": measures_said(finding.measures),
        "is_short": len(finding.texts) < FEW,
        "texts": [{"name": name, "text": text} for name, text in finding.texts],
    }
