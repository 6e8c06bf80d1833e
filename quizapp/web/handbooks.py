"""Study: the shelf of handbooks, contents, one article, search."""

from flask import Blueprint, redirect, render_template, request, url_for

from quizapp.services.handbooks import reading, search
from quizapp.web import edge
from quizapp.web.access import SIGNED_IN, access, actor
from quizapp.web.questions import shown_face

blueprint = Blueprint("handbooks", __name__, url_prefix="/study")


@blueprint.get("")
@access(SIGNED_IN)
def shelf():
    shelf, may_manage = reading.list_handbooks(actor()), actor().may("handbooks.manage")
    return render_template("handbooks/shelf.html", shelf=shelf, may_manage=may_manage)


@blueprint.get("/search")
@access(SIGNED_IN)
def find():
    words = request.args.get("q", "").strip()[:100]
    return render_template("handbooks/search.html", words=words, hits=search.search(words) if words else [])


@blueprint.get("/<slug>")
@access(SIGNED_IN)
def contents(slug: str):
    return render_template("handbooks/contents.html", book=reading.get_contents(actor(), slug))


@blueprint.get("/<slug>/<article_id>")
@access(SIGNED_IN)
def article(slug: str, article_id: str):
    page = reading.get_article(actor(), slug, article_id)
    questions = [shown_face(one.face, one.slot) for one in page.questions]
    return render_template("handbooks/article.html", page=page, questions=questions)


@blueprint.post("/<slug>/<article_id>")
@access(SIGNED_IN)
def read(slug: str, article_id: str):
    """Note the article as read and turn the page."""
    reading.mark_read(actor(), slug, article_id, edge.now())
    page = reading.get_article(actor(), slug, article_id)
    if page.next:
        return redirect(url_for(".article", slug=slug, article_id=page.next[0]), 303)
    return redirect(url_for(".contents", slug=slug), 303)
