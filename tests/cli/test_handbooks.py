"""`quizapp handbook diff` and `export`: what an edition changed, and a text that comes in again as it went out."""

import pytest

HEAD = '---\ntitle: 夜间巡查手册\nslug: night\nedition: "{edition}"\n---\n'
OLD = HEAD.format(edition="2025") + """
# 第一章 巡查

第一条 灯坏了当天报修。

依据：《示例条例》第一条

第二条 门要锁好。

## 第一节 登记

第三条 巡查要登记：
（一）时间；
（二）地点。

# 第二章 附则

第四条 由村里解释。
"""
NEW = OLD.replace("2025", "2026").replace("当天", "两日内").replace("第四条 由村里解释。", "第五条 即日起施行。")
LAW = "示例条例\n\n（2024年1月10日通过）\n\n第一条　为了*示例*，制定本条例。\n\n第二条　村里的事情由村民商量。\n"


@pytest.fixture
def night(shell, tmp_path):
    shell.answer("init", "--unit", "999901=云溪县", "--unit", "999901101=青禾镇", "--login", "admin", "--name", "陈白露")
    for name, text in (("old.md", OLD), ("new.md", NEW), ("law.txt", LAW)):
        (tmp_path / name).write_text(text, "utf-8")
    shell.answer("handbook", "import", str(tmp_path / "old.md"))
    shell.answer("handbook", "import", str(tmp_path / "new.md"))
    return shell


def test_two_editions_are_compared_article_by_article(night):
    told = night.answer("handbook", "diff", "night", "2025", "2026")
    assert (told["title"], told["old"], told["new"]) == ("夜间巡查手册", "2025", "2026")
    assert [(one["what"], one["number"], one["questions"]) for one in told["changes"]] == [
        ("dropped", "第四条", 0), ("reworded", "第一条", 0), ("added", "第五条", 0),
    ]  # fmt: skip
    assert (told["changes"][1]["before"], told["changes"][1]["after"]) == ("灯坏了当天报修。", "灯坏了两日内报修。")
    status, said, complaint = night.run("handbook", "diff", "night", "2025", "2026")
    assert status == 0 and "灯坏了[-当天-]{+两日内+}报修。" in said and "[-由村里解释。-]" in said and "3 条不同" in complaint
    back = night.answer("handbook", "diff", "night", "2026", "2025")["changes"]
    assert {(one["what"], one["number"]) for one in back} == {("dropped", "第五条"), ("reworded", "第一条"), ("added", "第四条")}
    assert night.answer("handbook", "diff", "night", "2026", "2026")["changes"] == []


def test_an_edition_that_is_not_there_is_refused_with_those_that_are(night):
    status, _, said = night.run("handbook", "diff", "night", "2024", "2026")
    assert status == 1 and "2025、2026" in said
    assert night.run("handbook", "diff", "nowhere", "2025", "2026")[0] == 1
    assert night.run("handbook", "diff", "night", "2025")[0] == 2
    assert night.run("handbook", "export", "night", "--edition", "2024")[0] == 1


def test_an_edition_goes_out_and_comes_in_unchanged(night, tmp_path):
    target = tmp_path / "out.md"
    told = night.answer("handbook", "export", "night", "--edition", "2025", "--output", str(target))
    assert told == {"file": str(target), "title": "夜间巡查手册", "edition": "2025", "articles": 4, "otherwise": []}
    again = night.answer("handbook", "import", str(target))
    assert (again["slug"], again["edition"], again["is_new"]) == ("night", "2025", False)
    before = target.read_bytes()
    assert night.run("handbook", "export", "night", "--output", str(target))[0] == 1 and target.read_bytes() == before
    target.write_text(before.decode().replace("门要锁好", "门要关好"), "utf-8")
    assert night.run("handbook", "import", str(target))[0] == 1, "another text of this edition's name"


def test_a_law_of_plain_text_stays_one(night, tmp_path):
    slug, target = night.answer("handbook", "import", str(tmp_path / "law.txt"))["slug"], tmp_path / "out.md"
    night.answer("handbook", "export", slug, "--output", str(target))
    assert "slug" not in target.read_text("utf-8") and "*示例*" in target.read_text("utf-8")
    assert night.answer("handbook", "import", str(target))["is_new"] is False
