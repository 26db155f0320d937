"""A survey for those who ask: how far it is, who has answered; more time, the end; answers entered for an office."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.surveys import actions, queries
from apps.surveys.access import asked_recipient_for, check_is_sent, poll_for, survey_for
from apps.surveys.forms import DueForm, FixingForm, ProxyForm
from apps.surveys.views.replies import form_of, kept


@require_safe
def survey(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """How far it has come, and who has not answered yet."""
    found = survey_for(request.member, survey_id)
    check_is_sent(found)
    audit.looked(verb="surveys.own_opened", by=request.member, subject=found)
    page = paged(queries.recipient_rows(found), request.GET.get("page"))
    context = {"survey": found, "standing": queries.standing_of(found), "page": page}
    return render(request, "surveys/survey.html", context | {"polls": queries.polls_of(found)})


@require_http_methods(["GET", "POST"])
def due(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Give more time, or take answers again."""
    found = survey_for(request.member, survey_id)
    check_is_sent(found)
    form = DueForm(request.POST if request.method == "POST" else None, initial=DueForm.standing(found))
    if form.is_valid():
        actions.extend_survey(survey=found, due_at=form.due_at, by=request.member)
        messages.success(request, _("Answers are taken until then."))
        return redirect("surveys:survey", slug, survey_id)
    return render(request, "surveys/due.html", {"survey": found, "form": form}, status=422 if form.errors else 200)


@require_POST
def reminder(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Remind those who have not answered, now."""
    number = actions.remind(survey=survey_for(request.member, survey_id), by=request.member)
    messages.success(request, _("Reminded: %(number)s.") % {"number": number})
    return redirect("surveys:survey", slug, survey_id)


@require_http_methods(["GET", "POST"])
def dates(request: MemberRequest, slug: str, survey_id: UUID, question_number: int) -> HttpResponse:
    """Who can come when; a press settles on a date. Then what those say who cannot come."""
    poll = poll_for(request.member, survey_id, question_number)
    form = FixingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.fix_date(question=poll, choice_number=form.cleaned_data["choice"], by=request.member)
        messages.success(request, _("The date is settled, and everybody who was asked is told."))
        return redirect("surveys:dates", slug, survey_id, question_number)
    audit.looked(verb="surveys.own_opened", by=request.member, subject=poll.survey)
    context = {"survey": poll.survey, "poll": poll, "dates": queries.dates_of(poll)}
    absent = {"absent": queries.absent_from(poll)}
    return render(request, "surveys/dates.html", context | absent, status=422 if form.errors else 200)


@require_POST
def closing(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Take no more answers."""
    actions.close_survey(survey=survey_for(request.member, survey_id), by=request.member)
    messages.success(request, _("The survey is closed. You can take answers again by giving it more time."))
    return redirect("surveys:survey", slug, survey_id)


@require_http_methods(["GET", "POST"])
def proxy(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int) -> HttpResponse:
    """What an office said on the phone or on paper, typed in for it."""
    recipient = asked_recipient_for(request.member, survey_id, recipient_number)
    check_is_sent(recipient.survey)
    form, _is_filled = form_of(recipient, request, ProxyForm)
    if request.method == "POST" and kept(form, actions.enter_reply, recipient, request) is not None:
        messages.success(request, _("Entered. It is marked as entered by your organization."))
        return redirect("surveys:survey", slug, survey_id)
    others = queries.lines_of(recipient.survey, form.other) if form.other else []
    context = {"recipient": recipient, "survey": recipient.survey, "form": form, "others": others}
    return render(request, "surveys/proxy.html", context, status=422 if form.errors else 200)
