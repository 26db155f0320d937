"""The gallery of ready surveys: those that come with the house, one's own, those that others share; files."""

import json
from itertools import groupby
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere
from apps.surveys import actions, queries, shipped
from apps.surveys.access import check_can_make_surveys, own_template_for, survey_for, templates_of
from apps.surveys.content import Content, read
from apps.surveys.drafting_forms import FileForm
from apps.surveys.refusals import WrongContent


@require_safe
def gallery(request: MemberRequest, slug: str) -> HttpResponse:
    """Everything with which a survey may begin."""
    check_can_make_surveys(request.member)
    shelves = [(name, list(ones)) for name, ones in groupby(shipped.shipped(), key=lambda one: one.category)]
    own = templates_of(request.member)
    shared = [one for one in queries.shared_templates() if one.id not in {mine.pk for mine in own}]
    return render(request, "surveys/gallery.html", {"shelves": shelves, "own": own, "shared": shared})


@require_http_methods(["GET", "POST"])
def ready(request: MemberRequest, slug: str, template_key: str) -> HttpResponse:
    """One that comes with the house: what it asks; a press makes a draft of it."""
    check_can_make_surveys(request.member)
    found = shipped.shipped_named(template_key)
    if found is None:
        raise NotHere(subject=template_key)
    return begun(request, found.content, found.origin) or shown(request, found.content, found.summary)


@require_http_methods(["GET", "POST"])
def template(request: MemberRequest, slug: str, template_id: UUID) -> HttpResponse:
    """One's own, or one that somebody shares: what it asks; a press makes a draft of it."""
    check_can_make_surveys(request.member)
    found = queries.ready_one(request.member, template_id)
    return begun(request, found.content, found.origin) or shown(request, found.content, found.summary, found.own)


def begun(request: MemberRequest, content: Content, origin: UUID | None = None) -> HttpResponse | None:
    """A draft that asks this, once somebody has pressed for it."""
    if request.method != "POST":
        return None
    draft = actions.begin_survey(content=content, origin=origin, by=request.member)
    messages.success(request, _("Here is your draft. Change what you like, then choose whom to ask."))
    return redirect("surveys:draft", request.environment.slug, draft.pk)


def shown(request: MemberRequest, content: Content, summary: str, own: object = None) -> HttpResponse:
    context = {"content": content, "summary": summary, "own": own, "blocks": queries.blocks_of(content)}
    return render(request, "surveys/template.html", context)


@require_POST
def sharing(request: MemberRequest, slug: str, template_id: UUID) -> HttpResponse:
    """Share one's own template with other environments, or with `off` stop sharing it."""
    found = own_template_for(request.member, template_id)
    if "off" in request.POST:
        actions.stop_sharing_template(template=found, by=request.member)
        messages.success(request, _("The template is no longer shared."))
    else:
        actions.share_template(template=found, by=request.member)
        messages.success(request, _("The template is shared with the other environments."))
    return redirect("surveys:template", slug, template_id)


@require_POST
def template_removal(request: MemberRequest, slug: str, template_id: UUID) -> HttpResponse:
    """Take one's own template out of the gallery."""
    actions.remove_template(template=own_template_for(request.member, template_id), by=request.member)
    messages.success(request, _("The template was removed."))
    return redirect("surveys:gallery", slug)


@require_POST
def keep(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Keep what a survey asks as a template."""
    kept = actions.keep_template(survey=survey_for(request.member, survey_id), by=request.member)
    messages.success(request, _("Kept as a template."))
    return redirect("surveys:template", slug, kept.pk)


@require_safe
def file(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """What a survey asks, as a file for another environment or another installation."""
    content = queries.content_of(survey_for(request.member, survey_id))
    answer = JsonResponse(content.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(content.title, safe='')}.json"
    return answer


@require_http_methods(["GET", "POST"])
def bring(request: MemberRequest, slug: str) -> HttpResponse:
    """A draft of a file that was saved somewhere else."""
    check_can_make_surveys(request.member)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            return begun(request, read(json.loads(form.cleaned_data["file"].read(FileForm.LARGEST)))) or redirect(slug)
        except (ValueError, RecursionError):
            form.add_error("file", _("This file cannot be read. Please choose one that was saved here."))
        except WrongContent as refusal:
            form.add_error("file", refusal.said)
    return render(request, "surveys/bring.html", {"form": form}, status=422 if form.errors else 200)
