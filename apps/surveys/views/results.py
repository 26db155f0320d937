"""What was answered: counted, office by office, crossed, and as files. Each look and each file taken out is in the ledger."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.paging import ROWS
from apps.surveys import queries
from apps.surveys.access import is_asker, results_for
from apps.surveys.papers import sheets, tables
from apps.surveys.queries import Results
from apps.surveys.refusals import NotCrossed
from apps.surveys.results.columns import cells, heads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def results_in(request: MemberRequest, survey_id: UUID) -> Results:
    """The door, and the look in the ledger."""
    survey = results_for(request.member, survey_id)
    audit.looked(verb="surveys.results_opened", by=request.member, subject=survey)
    return queries.results_of(survey, by=request.member)


def shown(request: MemberRequest, results: Results, here: str) -> dict[str, object]:
    told = {"results": results, "survey": results.survey, "here": here, "unwritable": tables.unwritable(results)}
    return told | {"asks": is_asker(request.member, results.survey)}


@require_safe
def totals(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Every question counted; a page that stands open asks every few seconds, and is told when nothing is new."""
    results = results_in(request, survey_id)
    if request.htmx and request.GET.get("known") == results.stamp:
        return HttpResponse(status=204)
    template = "surveys/_results.html" if request.htmx else "surveys/results.html"
    return render(request, template, shown(request, results, "totals"))


@require_safe
def offices(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """One line for each office."""
    results = results_in(request, survey_id)
    page = Paginator(results.offices, ROWS).get_page(request.GET.get("page"))
    lines = [cells(results.columns, one) for one in page.object_list]
    context = shown(request, results, "offices") | {"page": page, "heads": heads(results.columns), "lines": lines}
    return render(request, "surveys/results_offices.html", context)


@require_safe
def crossing(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Two or three questions against each other."""
    results = results_in(request, survey_id)
    keys = [request.GET.get(name, "") for name in ("rows", "columns", "layers")]
    found = queries.crossed(results, keys)
    context = shown(request, results, "crossing") | {"crossed": found, "chosen": keys, "is_asked": any(keys)}
    return render(request, "surveys/results_crossing.html", context, status=422 if any(keys) and not found else 200)


@require_safe
def table(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Every office in one line, as CSV: in UTF-8, or with `?encoding=cp932` for programs that read nothing else."""
    if request.GET.get("encoding") == "cp932":
        return taken_out(request, survey_id, "cp932", tables.csv_cp932, "text/csv; charset=Shift_JIS")
    return taken_out(request, survey_id, "csv", tables.csv_utf8, "text/csv; charset=utf-8")


@require_safe
def workbook(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    return taken_out(request, survey_id, "xlsx", tables.excel, EXCEL)


@require_safe
def paper(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """For the printer."""
    return taken_out(request, survey_id, "pdf", sheets.sheet, "application/pdf")


@require_safe
def crossing_table(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """The same tables as on the page, for a spreadsheet. NotCrossed where they name no two or three questions."""

    def written(results: Results) -> bytes:
        found = queries.crossed(results, [request.GET.get(name, "") for name in ("rows", "columns", "layers")])
        if found is None:
            raise NotCrossed(subject=results.survey)
        return tables.crossed_csv(found)

    return taken_out(request, survey_id, "crossing", written, "text/csv; charset=utf-8")


def taken_out(
    request: MemberRequest, survey_id: UUID, form: str, written: Callable[[Results], bytes], kind: str
) -> HttpResponse:
    results = queries.results_of(results_for(request.member, survey_id), by=request.member)
    content = written(results)
    detail = {"form": form, "replies": len(results.replies)}
    audit.record(verb="surveys.results_taken_out", by=request.member, subject=results.survey, detail=detail)
    name, how = ("survey.pdf", "inline") if form == "pdf" else (FILES[form], "attachment")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})


FILES = {"csv": "survey.csv", "cp932": "survey.csv", "crossing": "survey-crossing.csv", "xlsx": "survey.xlsx"}
