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
