"""The log: one line of JSON an event, whatever stands in it."""

import json
import logging
import sys

from quizapp.web import logs


def line(event: str, exc_info=None, **told) -> str:
    record = logs.log.makeRecord("quizapp", logging.ERROR, __file__, 1, event, (), exc_info, extra=told)
    return logs.Line().format(record)


def test_an_event_is_one_line_with_what_was_told():
    told = json.loads(line("clock jumped", ahead_seconds=3.6, stopped="closing"))
    assert told.pop("timestamp").endswith("Z")
    assert told == {"event": "clock jumped", "level": "error", "ahead_seconds": 3.6, "stopped": "closing"}


def test_j5_signs_that_break_lines_stay_inside_and_an_exception_is_told_whole():
    try:
        raise ValueError("一\r\n二")
    except ValueError:
        text = line("unhandled", sys.exc_info(), route="/a\r\n\x1b[31mb")
    assert len(text.splitlines()) == 1 and "\x1b" not in text
    assert "ValueError: 一" in json.loads(text)["exception"]
