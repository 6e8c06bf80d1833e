"""I4: every parser under coverage-guided fuzzing, ten minutes each; FUZZ_SECONDS for less."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import word
from tests.rules.formats.text import layouts as lay
from tests.services.readers import test_interchange as interchange

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "600"))
GUIDE = (PROJECT / "question_banks" / "README.md").read_text("utf-8")
SEEDS = {
    "markdown": [GUIDE],
    "text": [lay.block(lay.EVERY), lay.run_on(lay.EVERY), lay.in_bracket(lay.EVERY), lay.without_answers(lay.CHOICES) + "参考答案\n1-7 BACDA\n"],
    "json": ['[{"题干": "灯（ ）", "选项": ["亮", "暗"], "答案": "A"}]', '{"第一章": {"单选题": [{"question": "看", "options": {"A": "灯"}}]}}'],
    "html": ["<html><body><ol><li>1. 灯（ ）<p>A. 亮<p>B. 暗<p>答案：A</ol><table><tr><th>题干<th>答案<tr><td>灯<td>对</table>"],
    "gift": ["// [id:a]\n::甲::灯{=亮 ~暗#因为}\n\n门{T}\n\n几{#1:2}\n\n连{=a -> b =c -> d}\n"],
    "aiken": ["灯\nA. 亮\nB. 暗\nANSWER: A\n"],
    "blackboard-text": [interchange.UPLOAD],
    "webct": [interchange.WEBCT],
    "cloze": ["夜里带{1:SHORTANSWER:=灯~%100%手电}，红灯{1:MC:走~=停#对}。"],
    "handbook": ["# 某某办法\n（2020年1月2日通过）\n目录\n第一章　总　则\n第一条　为了走路，制定本办法。\n第二条之一　跑。\n附件：表\n", "# 手册\n第一章 总则\n第一条 （甲）走。\n依据：某法第三条\n"],
    "csv": ["单选题,灯（ ）,亮,暗,A\n判断题,门开。,,,对\n"],
    "docx": [f"<w:document {word.SPACES}><w:body>{word.p('1. 灯（ ）')}{word.p(word.run('A. 亮', word.RED))}{word.table(['题干', '答案'], ['门', '对'])}</w:body></w:document>"],
    "xlsx": ['<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>题干</t></is></c><c r="B1" t="inlineStr"><is><t>答案</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>'],
    "moodle-xml": ["<question type='multichoice'><questiontext format='html'><text>灯</text></questiontext><answer fraction='100'><text>亮</text></answer></question>"],
    "qti": ["<responseDeclaration identifier='R'><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><choiceInteraction responseIdentifier='R'><simpleChoice identifier='A'>亮</simpleChoice></choiceInteraction></itemBody>"],
    "any": [interchange.EXAMVIEW, interchange.POOL, "\ufeff题干\t答案\n灯\t对\n"],
}  # fmt: skip


@pytest.mark.soak("I4")
@pytest.mark.timeout(SECONDS + 300)
@pytest.mark.parametrize("name", SEEDS)
def test_i4_no_parser_breaks_or_hangs(name, tmp_path):
    """I4: no crash, no line lost, no file that takes more than two seconds."""
    pytest.importorskip("atheris", reason="atheris has no wheel for this machine")
    for number, seed in enumerate(SEEDS[name]):
        (tmp_path / f"seed-{number}").write_bytes(seed.encode()[:4096])
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.fuzzing", name, str(SECONDS), str(tmp_path)],
        cwd=PROJECT, capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS + 240, check=False,
    )  # fmt: skip
    lines = done.stderr.splitlines()
    print(name, next((line for line in reversed(lines) if line.startswith("Done")), ""))
    broken = {path.name: path.read_bytes()[:400] for path in tmp_path.glob("broken-*")}
    assert done.returncode == 0, ("\n".join(lines[-40:]), broken)
