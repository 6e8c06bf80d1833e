"""A bank taken away: the file in any format brought in again changes nothing that the format holds."""

import io
import re
import zipfile

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import event, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Bank, Citation, QuestionKey, QuestionRevision
from quizapp.rules.errors import Invalid, NotFound
from quizapp.rules.formats import holding
from quizapp.rules.pictures import MARKER
from quizapp.services import scope
from quizapp.services.banks import exporting, retiring, templates
from quizapp.services.banks.importing import import_bank
from quizapp.services.readers import banks as reader
from quizapp.services.readers.pictures import Album
from quizapp.services.writers.banks import FORMATS
from tests.cast import TOWNSHIP
from tests.services.banks.test_importing import public_id
from tests.stage import bank, question

pytestmark = pytest.mark.usefixtures("app_context")


def read(made: exporting.Exported) -> dict:
    return reader.read(io.BytesIO(made.data), {"name": made.name})


def brought_in_again(cast, now, to: str, **names):
    made = exporting.export(cast.actor("trainer"), "stage", to, now)
    document = read(made)
    return made, import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, now, **names)


@pytest.mark.parametrize("to", ["markdown", "docx", "xlsx"])
def test_what_the_house_writes_and_reads_again_changes_nothing(cast, stage, to):
    document = bank()
    document["questions"][0].update(explanation="第一行\n\n- 一点\n- 两点", difficulty="hard", points=1)
    document["questions"][1].update(stem="下面哪一行对？\nA. 不是选项\n（A）", points=2.5)
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    if to != "markdown":  # what the file does not say of its handbook, the bank's own citations need
        bank_row = db.session.scalar(select(Bank).where(Bank.slug == "stage"))
        assert bank_row.handbook_id is not None
    made = exporting.export(cast.actor("trainer"), "stage", to, stage.now)
    document = read(made)
    document["front_matter"] = document["front_matter"] or {"handbook": "stage"}
    done = import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, stage.now, "stage", "示例题库")
    assert (made.questions, made.losses) == (12, [])
    assert (done.new, done.changed, done.unchanged) == (0, 0, 12)


@pytest.mark.parametrize("to", ["gift", "moodle-xml", "qti", "qti3"])
def test_other_formats_come_back_with_every_question_they_hold(cast, stage, to):
    made = exporting.export(cast.actor("trainer"), "stage", to, stage.now)
    document = read(made)
    assert len(document["questions"]) == made.questions >= 9
    assert document["format"] in (to, "zip")
    assert {one["code"] for one in document["questions"]} <= {f"q{number}" for number in range(1, 13)}


@pytest.mark.parametrize("to", ["gift", "moodle-xml", "qti", "qti3"])
def test_a_file_that_says_nothing_of_chapter_difficulty_or_articles_takes_none_away(cast, stage, to):
    """What another program cannot hold stays in the bank, also where the question itself comes back changed."""
    document = bank()
    for one in document["questions"]:
        one.update(chapter="第一章", difficulty="hard", points=2, explanation="见条文。")
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    document = read(exporting.export(cast.actor("trainer"), "stage", to, stage.now))
    for one in document["questions"]:
        one |= {"explanation": "", "points": None}
    document["questions"][0]["stem"] += "（改）"
    done = import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, stage.now, "stage", "示例题库")
    assert (done.new, done.changed, done.unchanged) == (0, 1, len(document["questions"]) - 1)
    newest = db.session.scalar(select(QuestionRevision).order_by(QuestionRevision.id.desc()).limit(1))
    assert newest.content["stem"].endswith("（改）")
    assert (newest.chapter, newest.difficulty, newest.points_milli) == ("第一章", "hard", 2000)
    assert db.session.get(QuestionKey, newest.id).explanation == "见条文。"
    assert db.session.scalars(select(Citation.article_id).where(Citation.revision_id == newest.id)).all()


@pytest.mark.parametrize("to", ["gift", "moodle-xml", "qti", "qti3"])
def test_a_text_that_questions_share_stands_before_each_where_a_format_knows_no_such_thing(cast, stage, to):
    """A question without the text that it asks about would be of no use in another system."""
    document = bank()
    document["questions"][0]["material"] = "某村有两户。"
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    made = exporting.export(cast.actor("trainer"), "stage", to, stage.now)
    first = next(one for one in read(made)["questions"] if one["code"] == "q1")
    assert first["stem"].split() == ["某村有两户。", "第1号题（", "）"] and not first.get("material")
    assert [loss.count for loss in made.losses if loss.code == "material"] == [1]


def test_the_house_text_says_everything_so_what_it_leaves_out_goes(cast, stage):
    """Cleared in the file of record is cleared in the bank."""
    township, document = scope.get_unit(TOWNSHIP).id, bank()
    for one in document["questions"]:
        one["chapter"] = "第一章"
    import_bank(None, township, document, stage.now)
    for one in document["questions"]:
        one["chapter"] = ""
    assert import_bank(None, township, document, stage.now).unchanged == 12
    assert import_bank(None, township, document | {"format": "markdown"}, stage.now).changed == 12


def test_tags_come_with_a_file_and_stay_where_it_names_none(cast, stage):
    """A file that tells other tags makes a revision whose words a second person need not read again."""
    township, document = scope.get_unit(TOWNSHIP).id, bank()
    document["questions"][0]["tags"] = ["夜巡", "重点"]
    done = import_bank(None, township, document, stage.now)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 11)
    newest = db.session.scalar(select(QuestionRevision).order_by(QuestionRevision.id.desc()).limit(1))
    assert (newest.tags, newest.is_rewording) == (["夜巡", "重点"], False)
    for to in ("markdown", "docx", "xlsx"):
        made = exporting.export(cast.actor("trainer"), "stage", to, stage.now)
        assert read(made)["questions"][0]["tags"] == ["夜巡", "重点"], to
    done = import_bank(None, township, document, stage.now)
    assert (done.unchanged, import_bank(None, township, bank(), stage.now).unchanged) == (12, 12)
    silent = bank()
    silent["questions"][0]["explanation"] = "换一种说法。"
    assert import_bank(None, township, silent, stage.now).changed == 1
    newest = db.session.scalar(select(QuestionRevision).order_by(QuestionRevision.id.desc()).limit(1))
    assert (sorted(newest.tags), newest.is_rewording) == (["夜巡", "重点"], True)
    document["questions"][0]["tags"] = [str(number) for number in range(13)]
    with pytest.raises(Invalid) as refusal:
        import_bank(None, township, document, stage.now)
    assert [one.code for one in refusal.value.problems] == ["too-many-tags"]


def test_that_the_keys_left_is_written_down(cast, stage):
    exporting.export(cast.actor("trainer"), "stage", "xlsx", stage.now)
    event = db.session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
    assert (event.action, event.subject, event.detail) == ("bank.exported", "stage", {"format": "xlsx", "questions": 12})
    assert event.person_id == cast.actor("trainer").person_id


def test_questions_out_of_use_stay_here(cast, stage):
    db.session.execute(db.text("UPDATE exams SET ends_at = opens_at"))
    retiring.set_retired(cast.actor("trainer"), "stage", public_id("q1"), True, stage.now)
    document = read(exporting.export(cast.actor("trainer"), "stage", "markdown", stage.now))
    assert "q1" not in {one["code"] for one in document["questions"]}
    assert len(document["questions"]) == 11


def test_a_neighbours_bank_is_not_there(cast, stage):
    with pytest.raises(NotFound):
        exporting.export(cast.actor("stranger_leader"), "stage", "markdown", stage.now)
    with pytest.raises(NotFound):
        exporting.foreseen(cast.actor("trainer"), "nowhere")


def test_nothing_is_written_where_the_format_holds_nothing_or_too_little(cast, stage, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_FILES", 5)
    with pytest.raises(Invalid) as refusal:
        exporting.export(cast.actor("trainer"), "stage", "qti", stage.now)
    assert refusal.value.problems[0].code == "too-many-questions"


def test_cells_of_a_workbook_are_text_whatever_they_hold(cast, stage):
    """I6: a cell that begins like a formula is one of text, and comes back as it was."""
    document = bank()
    document["questions"][0]["options"] = ["=1+1", "+CMD", "-2", "@SUM(A1)"]
    document["questions"][0]["stem"] = '=HYPERLINK("http://x","甲")（ ）'
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    made = exporting.export(cast.actor("trainer"), "stage", "xlsx", stage.now)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(made.data)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    first = read(made)["questions"][0]
    assert (first["options"], first["stem"]) == (document["questions"][0]["options"], document["questions"][0]["stem"])


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_template_holds_examples_that_are_not_taken_in(ending):
    document = reader.read(io.BytesIO(templates.make(ending)), {"name": f"bank.{ending}"})
    assert document["questions"] == []
    assert [one["code"] for one in document["problems"]] == ["no-questions"]
    assert "example" in {one["reason"] for one in document["ignored"]}


def test_the_table_template_shows_an_example_of_each_kind_that_it_offers():
    sheet = openpyxl.load_workbook(io.BytesIO(templates.make("xlsx"))).active
    offered = sheet.data_validations.dataValidation[0].formula1.strip('"').split(",")
    shown = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert [row[0] for row in shown if row[-1] != "同上"] == offered
    assert [row[0] for row in shown if row[-1] == "同上"] == ["单选题", "判断题"], "the questions of the case"


def test_a_template_that_was_filled_in_is_read_below_its_examples():
    book = openpyxl.load_workbook(io.BytesIO(templates.make("xlsx")))
    sheet = book.active
    sheet.append(["多选题", "要带的有（  ）。", "灯", "伞", "风筝", "笔", "本", "水", "ABF", "风筝用不上", 2, "易", "第一章", None, "x-1", None])
    sheet.append(["判断题", "灯要亮。", *[None] * 6, "对"])
    out = io.BytesIO()
    book.save(out)
    document = reader.read(io.BytesIO(out.getvalue()), {"name": "bank.xlsx"})
    assert [(one["kind"], one["answer"], one["options"], one["problems"]) for one in document["questions"]] == [
        ("multiple_choice", "ABF", ["灯", "伞", "风筝", "笔", "本", "水"], []), ("true_false", True, [], []),
    ]  # fmt: skip
    assert document["problems"] == []


@pytest.mark.parametrize("letter", "FH")
def test_a_template_shows_more_options_than_four_and_takes_more_columns(letter):
    book = openpyxl.load_workbook(io.BytesIO(templates.make("xlsx")))
    sheet = book.active
    head = [cell.value for cell in sheet[2]]
    if letter == "H":
        place = head.index("选项F") + 2
        sheet.insert_cols(place, 2)
        sheet.cell(2, place).value, sheet.cell(2, place + 1).value = "选项G", "选项H"
        head = [cell.value for cell in sheet[2]]
    options = {f"选项{one}": f"第{one}样" for one in "ABCDEFGH"[: "ABCDEFGH".index(letter) + 1]}
    given = {"题型": "单选题", "题干": "先带（  ）。", "正确答案": letter, **options}
    sheet.append([given.get(name) for name in head])
    out = io.BytesIO()
    book.save(out)
    (found,) = reader.read(io.BytesIO(out.getvalue()), {"name": "bank.xlsx"})["questions"]
    assert (found["answer"], len(found["options"]), found["problems"]) == (letter, len(options), [])


def test_a_case_is_written_into_the_table_template_as_its_example_is():
    book = openpyxl.load_workbook(io.BytesIO(templates.make("xlsx")))
    sheet = book.active
    head = [cell.value for cell in sheet[2]]

    def row(**cells) -> list:
        return [cells.get(name) for name in head]

    sheet.append(row(题型="案例题", 题干="某村有两户。", 解析="总评", 分值=2))
    sheet.append(row(题型="单选题", 题干="哪户（ ）", 选项A="甲", 选项B="乙", 正确答案="B", 材料="同上"))
    sheet.append(row(题型="填空题", 题干="户主叫____。", 正确答案="张三", 材料="同上"))
    sheet.append(row(题型="判断题", 题干="灯要亮。", 正确答案="对"))
    out = io.BytesIO()
    book.save(out)
    document = reader.read(io.BytesIO(out.getvalue()), {"name": "bank.xlsx"})
    case, single = document["questions"]
    assert (case["kind"], case["stem"], case["explanation"], case["points"]) == ("case", "某村有两户。", "总评", 2)
    assert [(part["kind"], part["answer"]) for part in case["parts"]] == [("single_choice", "B"), ("fill_blank", [["张三"]])]
    assert single["kind"] == "true_false" and document["problems"] == case["problems"] == single["problems"] == []


def test_every_format_is_made_of_an_empty_text_without_a_fault():
    for one in FORMATS.values():
        assert one.make({"front_matter": {}, "questions": []})


SHOWING = {  # where a picture may stand, in a question of each kind
    "single_choice": lambda marker: {"stem": f"图中的灯{marker}（ ）", "options": [f"亮{marker}", "暗"], "answer": "A"},
    "multiple_choice": lambda m: {"stem": f"{m}（ ）", "options": [m, f"一{m}二{m}", "暗"], "answer": "AB"},
    "true_false": lambda marker: {"stem": f"灯亮着。\n\n{marker}", "answer": True},
    "fill_blank": lambda marker: {"stem": f"{marker}是____。", "answer": [["灯"]]},
    "matching": lambda marker: {"stem": "配对", "answer": [[f"灯{marker}", "光"], ["门", f"{marker}关"], ["", "多"]]},
    "numerical": lambda marker: {"stem": f"图{marker}中几盏灯", "answer": {"value": 2, "tolerance": 0}},
    "ordering": lambda marker: {"stem": "排序", "answer": [f"先{marker}", "后"]},
    "case": lambda marker: {"stem": f"材料\n{marker}\n又", "answer": None, "parts": [
        {"kind": kind, "options": [], "explanation": f"答{marker}", **SHOWING[kind](marker)} for kind in SHOWING if kind != "case"
    ]},
}  # fmt: skip


def pictured_bank(size: tuple[int, int], kinds=tuple(SHOWING)) -> tuple[dict, dict]:
    """Return a parsed bank whose questions show pictures of their own, of this size, wherever one may stand."""
    album = Album()

    def picture() -> str:
        held = io.BytesIO()
        Image.effect_noise(size, 90).convert("RGB").save(held, "PNG")
        return album.take(held.getvalue())

    questions = [
        {**question(place, kind, ""), "citations": [], "explanation": f"看图{picture()}", **SHOWING[kind](picture())}
        for place, kind in enumerate(kinds, 1)
    ]
    questions[kinds.index("multiple_choice")]["material"] = f"共{picture()}用"
    whole = {**bank(), "front_matter": {"slug": "lamps", "title": "灯"}, "questions": questions, "pictures": album.pictures}
    return whole, album.pictures


HOLD_PICTURES = [to for to, one in FORMATS.items() if one.weights]


@pytest.mark.parametrize("size, kind", [((30, 20), "png"), ((200, 160), "webp")])
@pytest.mark.parametrize("to", HOLD_PICTURES)
def test_pictures_leave_with_a_bank_and_come_in_on_another_server_as_they_were(cast, stage, to, size, kind):
    """The same picture to the byte, in its place in the text, however large; only what shares a text may be moved."""
    whole, held = pictured_bank(size)
    assert {one["kind"] for one in held.values()} == {kind} and len(held) == 2 * len(SHOWING) + 1
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    made = exporting.export(cast.actor("trainer"), "lamps", to, stage.now)
    document = read(made)
    assert document["pictures"] == held and made.questions == len(SHOWING)
    assert not any("picture" in one["code"] for each in document["questions"] for one in each["problems"])
    losses = {loss.code: loss.codes for loss in made.losses}
    lost = {"moodle-xml": {"pictures-right": ["q5", "q8"], "material": ["q2"]}, "qti": {"material": ["q2"]}}
    assert losses == lost.get(to.removesuffix("3"), {})
    done = import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, stage.now, "lamps", "灯")
    assert (done.new, done.changed, done.unchanged) == (0, len(losses.get("material", [])), len(SHOWING) - done.changed)


def test_text_alone_stays_a_text_and_with_pictures_it_is_an_archive(cast, stage):
    whole, _ = pictured_bank((30, 20))
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    pictured = exporting.export(cast.actor("trainer"), "lamps", "markdown", stage.now)
    plain = exporting.export(cast.actor("trainer"), "stage", "markdown", stage.now)
    assert (pictured.name, pictured.content_type, plain.name) == ("lamps.zip", "application/zip", "stage.md")
    assert plain.data.startswith(b"---\n")
    endings = [exporting.foreseen(cast.actor("trainer"), slug).endings["markdown"] for slug in ("lamps", "stage")]
    assert endings == ["zip", "md"]
    document = read(pictured)
    assert document["front_matter"]["slug"] == "lamps"
    document["questions"][0]["explanation"] = ""
    done = import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, stage.now)
    assert done.changed == 1, "what the house text leaves out is gone, also where pictures are beside it"


def test_in_word_and_excel_another_picture_put_in_the_place_of_one_is_taken(cast, stage):
    """What is shown in the place of a WebP has its original beside it only as long as it is that one."""
    whole, held = pictured_bank((200, 160))
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    other = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(other, "JPEG")
    for to in ("docx", "xlsx"):
        made = exporting.export(cast.actor("trainer"), "lamps", to, stage.now)
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(made.data)) as was, zipfile.ZipFile(changed, "w") as now:
            for name in was.namelist():
                now.writestr(name, other.getvalue() if name.endswith(".jpeg") else was.read(name))
        document = reader.read(changed, {"name": made.name}) if not changed.seek(0) else {}
        shown = {one["digest"]: one["width"] for each in document["questions"] for text in holding.texts(each)
                 for one in MARKER.finditer(text)}  # fmt: skip
        assert set(shown.values()) == {"40"} and shown.keys() == document["pictures"].keys() != held.keys(), to


def test_a_file_too_large_to_come_in_again_is_said_to_be_before_it_is_made(cast, stage, monkeypatch):
    whole, _ = pictured_bank((200, 160))
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    monkeypatch.setattr(exporting, "LARGEST", 40_000)
    foreseen = exporting.foreseen(cast.actor("trainer"), "lamps")
    said = [to for to, losses in foreseen.losses.items() if "size" in [loss.code for loss in losses]]
    made = [to for to in FORMATS if "size" in [
        loss.code for loss in exporting.export(cast.actor("trainer"), "lamps", to, stage.now).losses]]  # fmt: skip
    assert said == made == HOLD_PICTURES
    monkeypatch.undo()
    assert "size" not in [one.code for losses in exporting.foreseen(cast.actor("trainer"), "lamps").losses.values()
                          for one in losses]  # fmt: skip
    monkeypatch.setattr(exporting, "MOST_ALL", 200_000)
    foreseen = exporting.foreseen(cast.actor("trainer"), "lamps")
    assert [to for to, losses in foreseen.losses.items() if "size" in [one.code for one in losses]] == HOLD_PICTURES


@pytest.mark.parametrize("to", ["moodle-xml", "xlsx"])
def test_beside_what_was_read_no_bytes_of_pictures_are_shown_and_none_twice(cast, stage, to):
    """The pane of the file's own lines is there to be read."""
    whole, _ = pictured_bank((30, 20))
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    made = exporting.export(cast.actor("trainer"), "lamps", to, stage.now)
    lines = reader.read(io.BytesIO(made.data), {"name": made.name, "source": True})["source"]
    text = "\n".join(line for _, line in lines)
    assert max(len(word) for word in re.findall("[A-Za-z0-9+/=]+", text)) < 100
    assert to != "xlsx" or len(MARKER.findall(text)) == sum(
        len(MARKER.findall(one)) for each in whole["questions"] for one in holding.texts(each))  # fmt: skip


def test_pictures_are_read_in_few_statements(cast, stage):
    """One for all of them, not one each."""
    whole, _ = pictured_bank((30, 20))
    import_bank(None, scope.get_unit(TOWNSHIP).id, whole, stage.now)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    exporting.export(cast.actor("trainer"), "lamps", "markdown", stage.now)
    exporting.foreseen(cast.actor("trainer"), "lamps")
    assert len([one for one in seen if "FROM pictures" in " ".join(one.split())]) == 2
