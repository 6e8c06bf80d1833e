"""The papers of an exam: fixed ones, how alike all are, and on paper: as a page to print and as PDF."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from quizapp.rules import pdf
from quizapp.services import exam_management, fixed_papers, form_report, printing
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.exam_management import blueprint
from quizapp.web.exam_management.paper_lines import LETTERS, heading, lines_of
from quizapp.web.questions import shown_in_turn


@blueprint.get("/<exam_id>/papers")
@access("exams.manage")
def papers(exam_id: str):
    forms = fixed_papers.list_forms(actor(), exam_id)
    report, measured = form_report.report(actor(), exam_id)
    exam = exam_management.get_managed(actor(), exam_id, edge.now())
    shown = {"exam": exam, "forms": forms, "report": report, "measured": measured}
    return render_template("exam_management/papers.html", **shown)


@blueprint.post("/<exam_id>/papers")
@access("exams.manage")
def draw_papers(exam_id: str):
    fixed_papers.redraw(actor(), exam_id, edge.now(), edge.trace())
    flash(gettext("The papers were drawn anew."), "done")
    return redirect(url_for(".papers", exam_id=exam_id), 303)


@blueprint.get("/<exam_id>/papers/<int:number>")
@access("exams.manage")
def print_paper(exam_id: str, number: int):
    printed = printing.get(actor(), exam_id, number, edge.now(), edge.trace())
    shown = iter(shown_in_turn(item for section in printed.sections for item in section.items))
    sections = [(one, [next(shown) for _ in one.items]) for one in printed.sections]
    return render_template(
        "exam_management/print.html", printed=printed, sections=sections, exam_id=exam_id, letters=LETTERS
    )


@blueprint.get("/<exam_id>/papers/<int:number>/pdf")
@access("exams.manage")
def pdf_paper(exam_id: str, number: int):
    printed = printing.get(actor(), exam_id, number, edge.now(), edge.trace())
    title = heading(printed)
    foot = gettext("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")
    body = pdf.write(lines_of(printed, printing.pictures_of(printed)), title, f"{title.replace('%', '%%')} · {foot}")
    name = f"paper-{printed.letter or 'one'}.pdf"
    return Response(body, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
