"""Who makes surveys, who answers them, who is shown what was answered.

Any member who is no guest asks for their organization: drafts, replies and results are shown to its present members. Whoever
acts for an office that is asked answers for it, a guest too. What is not one's own is not here.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.environments.models import Member, Organization, OrganizationKind
from apps.facilities.access import facilities_visible_to
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.surveys.models import (
    AnswerFile,
    Published,
    Question,
    QuestionKind,
    Recipient,
    Survey,
    SurveyTemplate,
    TargetList,
)
from apps.surveys.refusals import SurveyNotOpen, SurveyOpened


def can_make_surveys(member: Member) -> bool:
    return member.is_current and not member.is_guest


def check_can_make_surveys(member: Member) -> None:
    if not can_make_surveys(member):
        raise NotAllowed


def surveys_of(member: Member) -> QuerySet[Survey]:
    """What this member's organization asks: drafts, open ones, closed ones."""
    own: QuerySet[Survey] = Survey.objects.filter(organization=member.organization_id).select_related("organization")
    return own if can_make_surveys(member) else own.none()


def survey_for(member: Member, survey_id: UUID) -> Survey:
    """A survey of one's own organization."""
    found = surveys_of(member).filter(pk=survey_id).first()
    if found is None:
        raise NotHere(subject=survey_id)
    return found


def draft_for(member: Member, survey_id: UUID) -> Survey:
    """The same while it may still be changed."""
    found = survey_for(member, survey_id)
    check_is_draft(found)
    return found


def check_is_draft(survey: Survey) -> None:
    if not survey.is_draft:
        raise SurveyOpened(subject=survey)


def check_is_sent(survey: Survey) -> None:
    if survey.is_draft:
        raise SurveyNotOpen(subject=survey)


def poll_for(member: Member, survey_id: UUID, number: int) -> Question:
    """A poll of dates of a survey that one's own organization has sent."""
    survey = survey_for(member, survey_id)
    check_is_sent(survey)
    polls = Question.objects.filter(survey=survey, number=number, kind=QuestionKind.DATE_POLL)
    found = polls.select_related("fixed").first()
    if found is None:
        raise NotHere(subject=survey)
    found.survey = survey
    return found


def asked_of(member: Member) -> QuerySet[Recipient]:
    """Where this member's office was asked, by surveys that were sent."""
    sent: QuerySet[Recipient] = Recipient.objects.filter(survey__opened_at__isnull=False)
    return with_office(sent.filter(of_office(member))) if member.is_current else sent.none()


def of_office(member: Member) -> Q:
    """Where the organization of this member is asked itself, or one of its facilities is."""
    return Q(organization=member.organization_id) | Q(facility__organization=member.organization_id)


def with_office(recipients: QuerySet[Recipient]) -> QuerySet[Recipient]:
    """With all that pages say of them: one statement."""
    return recipients.select_related("survey__organization", "organization", "facility", "reply__answered_by")


def recipient_for(member: Member, survey_id: UUID, number: int) -> Recipient:
    """The only way to what one's own office is asked."""
    found = asked_of(member).filter(survey=survey_id, number=number).first()
    if found is None:
        raise NotHere(subject=survey_id)
    return found


def recipients_of(survey: Survey) -> QuerySet[Recipient]:
    """Whom a survey asks, for whoever has its door."""
    return with_office(survey.recipients.all())


def asked_recipient_for(member: Member, survey_id: UUID, number: int) -> Recipient:
    """One of those whom a survey of one's own organization asks."""
    found = recipients_of(survey_for(member, survey_id)).filter(number=number).first()
    if found is None:
        raise NotHere(subject=survey_id)
    return found


def may_answer(member: Member, recipient: Recipient) -> bool:
    """Somebody of the office that is asked, or, for it, somebody of the one that asks."""
    return is_of_office(member, recipient) or is_asker(member, recipient.survey)


def is_of_office(member: Member, recipient: Recipient) -> bool:
    return member.is_current and recipient.office_id == member.organization_id


def is_asker(member: Member, survey: Survey) -> bool:
    return can_make_surveys(member) and survey.organization_id == member.organization_id


def check_is_asker(member: Member, survey: Survey) -> None:
    if not is_asker(member, survey):
        raise NotHere(subject=survey)


def answer_files_visible_to(member: Member) -> QuerySet[AnswerFile]:
    """Of one's own office, and what was sent to one's own organization. That results are published opens no file."""
    if not member.is_current:
        return AnswerFile.objects.none()
    own = Q(recipient__organization=member.organization_id) | Q(
        recipient__facility__organization=member.organization_id
    )
    if can_make_surveys(member):
        own |= Q(recipient__survey__organization=member.organization_id, recipient__reply__sent_at__isnull=False)
    found: QuerySet[AnswerFile] = AnswerFile.objects.filter(own, recipient__survey__opened_at__isnull=False)
    return found.select_related("file", "recipient")


def answer_file_for(member: Member, survey_id: UUID, recipient_number: int, number: int) -> AnswerFile:
    """The only way to open a file of an answer."""
    here = {"recipient__survey": survey_id, "recipient__number": recipient_number, "number": number}
    found = answer_files_visible_to(member).filter(**here).first()
    if found is None:
        raise NotHere(subject=survey_id)
    return found


def results_readable_by(member: Member) -> QuerySet[Survey]:
    """Surveys whose results this member is shown: their organization's, and what was published to them."""
    if not member.is_current:
        return Survey.objects.none()
    asked = Recipient.objects.filter(of_office(member), survey=OuterRef("pk"))
    shown = Q(Q(published=Published.RECIPIENTS), Exists(asked))
    if not member.is_guest:
        shown = shown | Q(published=Published.EVERYBODY) | Q(organization=member.organization_id)
    found: QuerySet[Survey] = Survey.objects.sent().filter(shown).select_related("organization")
    return found


def results_for(member: Member, survey_id: UUID) -> Survey:
    """The door of the results."""
    found = results_readable_by(member).filter(pk=survey_id).first()
    if found is None:
        raise NotHere(subject=survey_id)
    return found


def organizations_to_ask(member: Member) -> QuerySet[Organization]:
    """Whom a survey can ask: every body that takes part, but families."""
    found: QuerySet[Organization] = Organization.objects.exclude(kind=OrganizationKind.FAMILY)
    return found.order_by("kana", "name", "pk") if can_make_surveys(member) else found.none()


def facilities_to_ask(member: Member) -> QuerySet[Facility]:
    """The facilities that a survey can ask: those that are open still, with an account or without."""
    visible = Facility.objects.open().filter(pk__in=facilities_visible_to(member).values("pk"))
    found: QuerySet[Facility] = visible.select_related("kind")
    return found.order_by("kana", "name", "pk") if can_make_surveys(member) else found.none()


def people_who_ask(survey: Survey) -> QuerySet[Member]:
    """Who is told how a survey goes: who made and who sent it, or, where both have gone, everybody of the organization."""
    people: QuerySet[Member] = Member.objects.current().filter(organization=survey.organization_id)
    makers = people.filter(pk__in=[survey.created_by_id, survey.opened_by_id])
    return makers if makers.exists() else people


def lists_of(member: Member) -> QuerySet[TargetList]:
    """The lists of targets of one's own organization."""
    own: QuerySet[TargetList] = TargetList.objects.filter(organization=member.organization_id)
    return own if can_make_surveys(member) else own.none()


def list_for(member: Member, list_id: UUID) -> TargetList:
    """A list of one's own organization."""
    found = lists_of(member).filter(pk=list_id).first()
    if found is None:
        raise NotHere(subject=list_id)
    return found


def templates_of(member: Member) -> QuerySet[SurveyTemplate]:
    """The templates of one's own organization."""
    own: QuerySet[SurveyTemplate] = SurveyTemplate.objects.filter(organization=member.organization_id)
    return own if can_make_surveys(member) else own.none()


def own_template_for(member: Member, template_id: UUID) -> SurveyTemplate:
    """A template of one's own organization, to be shared or removed."""
    found = templates_of(member).filter(pk=template_id).first()
    if found is None:
        raise NotHere(subject=template_id)
    return found


def check_can_keep_template(member: Member, template: SurveyTemplate) -> None:
    if not can_make_surveys(member) or template.organization_id != member.organization_id:
        raise NotHere(subject=template)
