"""R24: when answers cannot be written away, boards give way, and what people sent is saved all the same."""

from concurrent.futures import ThreadPoolExecutor

from tests.contract.program import Program, some_value
from tests.processes import wait_until

SAVES = 96  # 16 at work, the others waiting: more than the 64 at which boards give way


def test_r24_under_pressure_boards_are_put_off_and_answers_are_kept(demo_server):
    """R24: with the disk held up, a board says 503 and when to come back, the exam's page still opens, 0 lost."""
    from quizapp.storage import sqlite_module

    program = Program(demo_server.port).sign_in(demo_server.account("trainee"))
    attempt = program.start(demo_server.demo["exam_id"])
    items = attempt["paper"]["items"]
    board = f"/rankings/{demo_server.demo['exam_id']}"
    assert program.get(board).status == 200
    database = sqlite_module().connect(demo_server.instance_path / "quizapp.sqlite3", isolation_level=None, timeout=20)
    database.execute("BEGIN IMMEDIATE")

    def save(n: int):
        one = Program(program.port, dict(program.cookies), program.token)
        item = items[n % len(items)]
        return one.save(attempt, (item["slot"], n + 1, some_value(item, n)))

    with ThreadPoolExecutor(SAVES) as pool:
        sent = [pool.submit(save, n) for n in range(SAVES)]
        try:
            wait_until(lambda: program.get(board).status == 503, 8, lambda: "the board does not give way")
            put_off = program.get(board)
            assert int(put_off.headers["retry-after"]) > 0 and put_off.body["type"] == "busy"
            assert program.get(f"/attempts/{attempt['attempt_id']}").status == 200
        finally:
            database.execute("ROLLBACK")
        replies = [one.result() for one in sent]
    database.close()
    assert {reply.status for reply in replies} == {200}
    newest = {items[n % len(items)]["slot"]: n + 1 for n in range(SAVES)}
    standing = program.get(f"/attempts/{attempt['attempt_id']}").body["answers"]
    assert {slot: one["seq"] for slot, one in standing.items()} == newest
    assert program.get(board).status == 200
