"""A bank taken away as a file, and empty files to write one in."""

from urllib.parse import quote

from flask import Response, render_template, request
from flask_babel import gettext

from quizapp.rules.errors import Invalid
from quizapp.services.banks import exporting, shelf, templates
from quizapp.services.writers.banks import FORMATS
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint
from quizapp.web.banks.looking import asked_for, wanted
from quizapp.web.errors import sentence


@blueprint.get("/banks/<slug>/export")
@access("banks.view")
def export_page(slug: str):
    return _page(slug)


def _page(slug: str, refused: list[str] | None = None):
    asked = asked_for()
    foreseen = exporting.foreseen(actor(), slug, wanted(asked))
    html = render_template(
        "banks/export.html",
        bank=shelf.get_bank(actor(), slug),
        asked={name: value for name, value in asked.items() if value},
        count=foreseen.questions,
        formats=FORMATS,
        foreseen=foreseen,
        refused=refused or [],
    )
    return html, 422 if refused else 200


@blueprint.post("/banks/<slug>/export")
@access("banks.view")
def export(slug: str):
    to = request.form.get("to", "")
    if to not in FORMATS:
        return _page(slug, [gettext("Please choose one of the formats.")])
    try:
        made = exporting.export(actor(), slug, to, edge.now(), edge.trace(), wanted(asked_for()))
    except Invalid as refusal:
        return _page(slug, [sentence(one.message, one.params) for one in refusal.problems])
    return _file(made.data, made.content_type, made.name, made.name)


@blueprint.get("/manage/banks/template.docx", defaults={"ending": "docx"})
@blueprint.get("/manage/banks/template.xlsx", defaults={"ending": "xlsx"})
@access("banks.manage")
def template_file(ending: str):
    made = templates.make(ending)
    return _file(made, FORMATS[ending].content_type, f"bank.{ending}", f"题库模板.{ending}")


def _file(data: bytes, content_type: str, plain: str, name: str) -> Response:
    reply = Response(data, content_type=content_type)
    reply.headers["Content-Disposition"] = f"attachment; filename={plain}; filename*=UTF-8''{quote(name)}"
    return reply
