"""The habit of a file in words."""

from quizapp.rules.formats import habits


def say(text: str, **params) -> str:
    return text % params if params else text


def archive(*files: tuple[str, str]) -> dict:
    return {"format": "zip", "habit": {"files": {name: {"format": kind} for name, kind in files}}}


def test_many_files_of_an_archive_that_are_written_alike_share_a_line():
    package = [(f"items/q{number}.xml", "qti") for number in range(190)]
    found = habits.told(archive(*package, ("甲.txt", "text")), say)
    assert [name for name, _ in found] == ["items/q0.xml and 189 more files", "甲.txt"]
    assert len(habits.told(archive(*package[:3], ("甲.txt", "text")), say)) == 4, "a few are told one by one"
