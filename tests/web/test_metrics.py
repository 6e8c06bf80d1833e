"""What an operator's monitoring reads."""

from types import SimpleNamespace


def test_the_metrics_tell_how_busy_the_server_in_front_is(client):
    report = {"connections": 5, "waiting": {"answers": 2, "pages": 0}, "refused": {503: 7}}
    server = SimpleNamespace(report=lambda: report)
    lines = client.get("/metrics", environ_base={"quizapp.server": server}).text.splitlines()
    assert {"quizapp_connections 5", 'quizapp_waiting{lane="answers"} 2', 'quizapp_refused_total{status="503"} 7'} <= {
        *lines
    }


def test_the_metrics_do_not_exist_for_strangers(client):
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics").status_code == 200
