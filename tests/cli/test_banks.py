"""`quizapp bank import --good` and `bank undo` as an operator types them."""

import pytest

BANK = """一、单选题
1. 甲灯（ ）。
A. 亮
B. 暗
答案：A
2. 没有答案（ ）。
A. 亮
B. 暗
"""


@pytest.fixture
def township(shell, tmp_path):
    shell.answer("init", "--unit", "999901=云溪县", "--unit", "999901101=青禾镇", "--login", "admin", "--name", "陈白露")
    (tmp_path / "灯.txt").write_text(BANK, "utf-8")
    return shell


def test_the_good_are_taken_in_the_rest_is_kept_and_all_of_it_is_undone(township, tmp_path):
    file = str(tmp_path / "灯.txt")
    status, _, complaint = township.run("bank", "import", file, "--bank", "lamps", "--title", "灯")
    assert status == 1 and "没有答案" in complaint
    done = township.answer("bank", "import", file, "--bank", "lamps", "--title", "灯", "--good")
    assert (done["new"], done["kept"], done["title"]) == (1, 1, "灯")
    undone = township.answer("bank", "undo", "lamps")
    assert undone["gone"] + undone["retired"] == 1 and undone["dropped"] == 1
    assert township.run("bank", "undo", "lamps")[0] == 1


def test_the_handbook_of_cited_articles_is_named_where_the_file_names_none(township, tmp_path):
    (tmp_path / "法.md").write_text("# 办法\n第一条 先看灯。\n第二条 再看门。\n", "utf-8")
    township.answer("handbook", "import", str(tmp_path / "法.md"), "--edition-of", "law", "--effective", "2026-01-01")
    (tmp_path / "灯.txt").write_text("一、单选题\n1. 甲灯（ ）。\nA. 亮\nB. 暗\n答案：A\n条款：第二条\n", "utf-8")
    names = ("bank", "import", str(tmp_path / "灯.txt"), "--bank", "lamps", "--title", "灯")
    assert township.run(*names)[0] == 1
    assert township.answer(*names, "--handbook", "law")["new"] == 1
    assert township.answer(*names)["unchanged"] == 1, "it is the bank's own since"
