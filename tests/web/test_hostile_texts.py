"""I7: whatever is written into a name, a question, an article, a plan, a search box or an address stays text."""

from datetime import UTC, datetime

import pytest

from quizapp.services import rendering
from tests import samples
from tests.web.hostile_texts import VECTORS
from tests.web.test_access_matrix import READING
from tests.web.test_strict_pages import Strictness, look

TAGS = rendering.BLOCK_TAGS
NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
CHUNKS = [VECTORS[start : start + 12] for start in range(0, len(VECTORS), 12)]
WORDS = ("q", "code", "unit", "login", "next", "problem", "within", "kind", "chapter", "state", "only")


def dangers(html: str) -> list[str]:
    """Return what in a page or a piece of one would run, load from elsewhere or send somewhere else."""
    parser = Dangers()
    parser.feed(html)
    parser.close()
    return parser.found + [host for host in parser.hosts if host != "localhost"]


class Dangers(Strictness):
    """Notes what a strict policy forbids, and what such a policy does not see; a link is its author's to set.

    A formula's markup is ours to write, so `math` is none of it; an address inside it is found like any other.
    """

    def handle_starttag(self, tag, attributes):
        before = len(self.hosts)
        super().handle_starttag(tag, attributes)
        names = dict(attributes)
        if tag in ("video", "audio", "source", "marquee") or "http-equiv" in names or "form" in names:
            self.found.append(f"{tag} {names}")
        if tag == "a":
            del self.hosts[before:]


def is_fine(html: str) -> bool:
    """Whether rendered Markdown holds nothing but links that its author may set, and no image."""
    parser = Dangers()
    parser.feed(html)
    parser.close()
    return not parser.found and "<img" not in html


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("render", [rendering.block, rendering.inline, rendering.plain])
def test_i7_rendered_texts_hold_no_script(render, vector):
    """I7: the one place where text becomes markup; alone, in a list, in a table, in bold."""
    for text in (vector, f"- {vector}", f"| a | b |\n|---|---|\n| {vector} | x |", f"**{vector}**", f"`{vector}`"):
        assert is_fine(render(text)), (text, render(text))


@pytest.mark.parametrize("path", samples.files("bad_input/payloads_all_the_things/xss_lists/*.txt"))
def test_i7_the_lists_of_others_render_to_no_script(path):
    """I7: more than a thousand lines that other people collected."""
    for line in path.read_text("utf-8", "replace").splitlines():
        for render in (rendering.block, rendering.inline, rendering.plain):
            assert is_fine(render(line)), line


def plant(town, text: str) -> None:
    """Write a text straight into every column that people's words stand in, past all checks."""
    from sqlalchemy import update

    from quizapp import models as m
    from quizapp.services.transaction import writing

    block, inline = rendering.block(text), rendering.inline(text)
    everywhere = [
        (m.Unit, {"name": text}), (m.Person, {"name": text, "post": text}), (m.Handbook, {"title": text}),
        (m.Campaign, {"title": text, "plan": text, "plan_html": block}), (m.Exam, {"title": text}),
        (m.Bank, {"title": text}), (m.Edition, {"title": text, "label": text}),
        (m.ArticleText, {"number": text, "path": [text], "body": text, "body_html": block, "basis": [text]}),
        (m.QuestionKey, {"explanation": text, "explanation_html": block}),
        (m.RosterEntry, {"post": text, "excuse": text}), (m.Delivery, {"last_error": text, "state": "failing"}),
        (m.Receiver, {"name": text}), (m.AuditEvent, {"subject": text, "action": text, "detail": {text: text}}),
        (m.SignInSession, {"device": text, "address": text}), (m.EnteredValue, {"evidence": text}),
    ]  # fmt: skip
    with town.app.app_context(), writing() as session:
        for table, values in everywhere:
            session.execute(update(table).values(**values))
        for one in session.query(m.QuestionRevision):
            one.html = {"stem": inline, "options": [inline] * len(one.html.get("options", []))}
            one.content = {**one.content, "stem": text, "options": [text] * len(one.content.get("options", []))}
            one.chapter = one.difficulty = text
            one.tags = [text]
        for place, one in enumerate(session.query(m.Question)):
            one.code, one.chapter, one.difficulty = f"{place} {text}", text, text
            one.asked_number, one.is_flagged = 1, place == 0
        reviewer = session.query(m.Person.id).first()[0]
        texts = [one.id for one in session.query(m.ArticleText).limit(2)]
        cited = {one.article_id for one in session.query(m.Citation)}
        for one in session.query(m.Question).all():
            session.add(m.QuestionReview(question_id=one.id, number=1, what="returned", person_id=reviewer, note=text, at=NOW))
        session.flush()
        one, other = session.query(m.Question).limit(2)
        session.add(m.ArticleFlag(question_id=one.id, article_id=min(cited), old_text_id=texts[0], new_text_id=texts[1], raised_at=NOW, outcome=""))
        check = m.BankCheck(bank_id=one.bank_id, asked_at=NOW, ended_at=NOW, told={"letters": {"A": 1}})
        session.add(check)
        session.flush()
        session.add(m.DuplicatePair(first_id=one.id, second_id=other.id, bank_id=one.bank_id, relation="near", likeness_milli=1, check_id=check.id))
        session.add_all(m.QuestionTag(question_id=one.id, tag=text[:40]) for one in session.query(m.Question))
        for attempt in session.query(m.Attempt):
            attempt.paper = {**attempt.paper, "items": [{**item, "section": text} for item in attempt.paper["items"]]}


ROLES = ("trainee", "trainer", "township_leader", "admin", "auditor")


@pytest.mark.parametrize("chunk", CHUNKS)
def test_i7_no_page_lets_out_what_was_written_into_the_database(town, chunk):
    """I7: every page of every role, with hostile texts in every name, title, article, question and log line."""
    plant(town, " ".join(chunk))
    seen = 0
    for name in ROLES:
        visitor = town.visitor(name)
        for case in READING:
            reply = visitor.get(case.path(town.ids))
            assert reply.status_code < 500, case
            if reply.mimetype == "text/html" and reply.status_code == 200:
                assert not dangers(reply.text), (case.address, dangers(reply.text))
                seen += "kanarie" in reply.text or "evil.example" in reply.text
    assert seen > 60, "the texts are on the pages"


@pytest.mark.parametrize("name", ROLES)
def test_i7_no_page_lets_out_what_stands_in_its_address(town, name):
    """I7: search boxes, codes, filters, the way back after signing in."""
    visitor = town.visitor(name)
    for case in READING:
        path = case.path(town.ids).partition("?")[0]
        reply = visitor.get(path, query_string=dict.fromkeys(WORDS, " ".join(VECTORS[:14])))
        assert reply.status_code < 500, case
        if reply.mimetype == "text/html":
            assert not dangers(reply.text), (path, dangers(reply.text))


@pytest.mark.parametrize("vector", VECTORS)
def test_i7_a_refused_form_shows_what_was_typed_as_text(town, vector):
    admin, nobody, trainer = town.visitor("admin"), town.visitor("nobody"), town.visitor("trainer")
    names = ("stem", "option_0", "explanation", "chapter", "difficulty", "points", "tags", "article")
    written = {"kind": "single_choice", **dict.fromkeys(names, vector)}
    sent = [
        admin.send("POST", "/people/new", {"login": vector, "name": vector, "post": vector, "unit": vector}),
        admin.send("POST", f"/units/{town.ids['village']}/name", {"name": vector + "x" * 200}),
        trainer.send("POST", "/banks/stage/new", written),
        trainer.send("POST", f"/banks/stage/{town.ids['question']}/edit", {**written, "number": "9"}),
        admin.send("POST", "/campaigns/new", {"title": vector, "plan": vector, "starts_on": vector}),
        nobody.send("POST", "/sign-in", {"login": vector[:64], "password": vector}),
    ]
    for reply in sent:
        assert reply.status_code in (401, 422, 429) and not dangers(reply.text), reply.text


def test_what_is_planted_unescaped_is_found():
    assert all(dangers(vector) for vector in VECTORS[:1] + VECTORS[4:6] + VECTORS[13:14] + VECTORS[26:29])
    assert look("<img src=x onerror=kanarie()>").found
