"""Keep a survey as a template, share it with other environments, take it out of the gallery."""

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.surveys.access import check_can_keep_template, check_is_asker
from apps.surveys.models import Survey, SurveyTemplate
from apps.surveys.queries import content_of


@transaction.atomic
def keep_template(*, survey: Survey, by: Member) -> SurveyTemplate:
    """What a survey asks, kept to be used again by one's organization. Whom it asked and what was answered is not in it."""
    check_is_asker(by, survey)

    content = content_of(survey)
    template: SurveyTemplate = SurveyTemplate.objects.create(
        environment_id=survey.environment_id,
        organization_id=survey.organization_id,
        created_by=by,
        title=content.title,
        summary=content.lead[: SurveyTemplate.LONGEST_SUMMARY],
        content=content.as_json(),
        origin=survey.origin or survey.pk,
    )
    audit.record(verb="surveys.template_kept", subject=template, by=by, detail={"survey": str(survey.pk)})
    return template


@transaction.atomic
def share_template(*, template: SurveyTemplate, by: Member) -> None:
    """Offer it to every environment of the installation."""
    set_sharing(template, by, is_shared=True)


@transaction.atomic
def stop_sharing_template(*, template: SurveyTemplate, by: Member) -> None:
    """Offer it to one's own organization alone again; what others have made of it stays."""
    set_sharing(template, by, is_shared=False)


def set_sharing(template: SurveyTemplate, by: Member, *, is_shared: bool) -> None:
    check_can_keep_template(by, template)

    template.is_shared = is_shared
    template.save(update_fields=["is_shared"])
    audit.record(verb="surveys.template_shared", subject=template, by=by, detail={"shared": is_shared})


@transaction.atomic
def remove_template(*, template: SurveyTemplate, by: Member) -> None:
    """Take it out of the gallery; surveys that were made of it stay."""
    check_can_keep_template(by, template)

    audit.record(verb="surveys.template_removed", subject=template, by=by)
    template.delete()
