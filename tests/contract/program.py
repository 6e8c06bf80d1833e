"""Another program: it knows the JSON API and nothing of the code behind it."""

import http.client
import json
from dataclasses import dataclass, field


@dataclass
class Reply:
    """Status, headers (small letters) and the parsed body of an answer."""

    status: int
    headers: dict
    body: object


@dataclass
class Program:
    """One signed-in caller with its cookies and its token."""

    port: int
    cookies: dict = field(default_factory=dict)
    token: str = ""

    def call(self, method: str, path: str, body=None, raw: bytes | None = None) -> Reply:
        """Send one request and return the reply; cookies are kept as a browser would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.token and method != "GET":
            headers["X-CSRFToken"] = self.token
        if body is not None:
            raw = json.dumps(body).encode()
        if raw is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, f"/api/v1{path}", raw, headers)
        answer = connection.getresponse()
        text = answer.read()
        for header in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        plain = {name.lower(): value for name, value in answer.getheaders()}
        is_json = "json" in plain.get("content-type", "")
        return Reply(answer.status, plain, json.loads(text) if is_json and text else text)

    def get(self, path: str) -> Reply:
        """Read."""
        return self.call("GET", path)

    def page(self, path: str) -> int:
        """Open an address as a browser does and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def sign_in(self, account: dict) -> "Program":
        """Sign in with login and password."""
        self.token = self.get("/csrf").body["csrf_token"]
        reply = self.call("POST", "/session", {"login": account["login"], "password": account["password"]})
        assert reply.status == 200, reply.body
        self.token = reply.body["csrf_token"]
        return self

    def start(self, exam_id: str) -> dict:
        """Start or resume an attempt and return what the API says of it."""
        reply = self.call("POST", f"/exams/{exam_id}/attempts", {})
        assert reply.status in (200, 201), reply.body
        return reply.body

    def save(self, attempt: dict, *answers: tuple, epoch: int | None = None, nonce: str | None = None) -> Reply:
        """Save answers given as (slot, seq, value)."""
        body = {"epoch": epoch or attempt["epoch"],
                "answers": [{"slot": slot, "seq": seq, "value": value} for slot, seq, value in answers]}  # fmt: skip
        if nonce:
            body["nonce"] = nonce
        return self.call("PUT", f"/attempts/{attempt['attempt_id']}/answers", body)

    def submit(self, attempt: dict, answers: list | None = None) -> Reply:
        """Hand in."""
        body = {"epoch": attempt["epoch"], "answers": answers or []}
        return self.call("POST", f"/attempts/{attempt['attempt_id']}/submission", body)


def some_value(item: dict, choice: int = 0):
    """Return a value that an item takes."""
    if item["kind"] in ("single_choice", "multiple_choice"):
        return [item["options"][choice % len(item["options"])]["id"]]
    if item["kind"] == "true_false":
        return choice % 2 == 0
    return [f"答案{choice}"] * item["blanks"]
