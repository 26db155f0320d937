"""The desk hands a family the code by which they read who looked."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.clients.models import Client
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.oversight import actions
from apps.oversight.access import code_for, codes_of
from apps.oversight.forms import CodeForm
from apps.oversight.printing import code_pdf
from apps.oversight.refusals import NotForProtected


@require_http_methods(["GET", "POST"])
def codes(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponseBase:
    """Which papers are out, and a new one."""
    client = client_for(request.member, client_id)
    found = codes_of(request.member, client)
    audit.opened(client, by=request.member)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and handed_out(request, client, form):
        return redirect("oversight:codes", slug=slug, client_id=client.pk)
    context = {"client": client, "codes": found, "form": form}
    return render(request, "oversight/codes.html", context, status=422 if form.errors else 200)


def handed_out(request: MemberRequest, client: Client, form: CodeForm) -> bool:
    """Whether a code was made; what it was refused for stands in the form."""
    try:
        actions.hand_out_code(client=client, by=request.member, **form.cleaned_data)
    except NotForProtected as refusal:
        form.add_error(None, str(refusal.said))
    return not form.errors


@require_safe
def paper(request: MemberRequest, slug: str, client_id: UUID, code_id: UUID) -> HttpResponse:
    """The code on a sheet of A4, with plain words."""
    client = client_for(request.member, client_id)
    code = code_for(request.member, client, code_id)
    content = code_pdf(code, address=f"{settings.BASE_URL}{reverse('family_door', args=[code.code])}")
    audit.record(verb="oversight.code_printed", by=request.member, subject=code, client=client)
    return delivered(content, "application/pdf", "family-code")


@require_POST
def revocation(request: MemberRequest, slug: str, client_id: UUID, code_id: UUID) -> HttpResponseBase:
    """The paper opens nothing any more."""
    client = client_for(request.member, client_id)
    actions.revoke_code(code=code_for(request.member, client, code_id), by=request.member)
    return redirect("oversight:codes", slug=slug, client_id=client.pk)
