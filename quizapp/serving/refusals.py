"""What the server itself has to say, without troubling the application: in a program's form or a person's."""

import json
from functools import lru_cache
from http import HTTPStatus

SENTENCES = {
    400: ("bad-request", "The request could not be understood.", "无法识别这个请求。"),
    408: ("too-slow", "The request did not arrive in time. Please send it again.", "请求没有按时传完，请重新发送。"),
    413: ("too-large", "That is too large.", "内容太大。"),
    431: ("too-large", "The request's headers are too large.", "请求头太大。"),
    429: ("too-many", "Too many requests at once. What was shown as saved is safe; please wait a moment.",
          "发送过于频繁。已显示“已保存”的内容不会丢失，请稍等片刻。"),
    500: ("internal", "Something went wrong on our side. What was shown as saved is safe.",
          "服务器出了问题。已显示“已保存”的内容不会丢失。"),
    503: ("busy", "The server is very busy. What was shown as saved is safe; please try again in a moment.",
          "现在使用的人很多。已显示“已保存”的内容不会丢失，请稍后再试。"),
}  # fmt: skip
PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>{chinese}</title><p>{chinese}</p><p lang="en">{english}</p>'
)


class Refused(Exception):
    """A request the server answers itself, after which it reads no more from that connection."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


@lru_cache(maxsize=64)
def refusal(status: int, retry_after: int = 0, for_people: bool = False, again: bool = False) -> tuple[list, bytes]:
    """Return headers and body. `retry_after` is seconds; `again` lets a browser ask again by itself after them."""
    kind, english, chinese = SENTENCES[status]
    if for_people:
        content_type, body = "text/html; charset=utf-8", PAGE.format(english=english, chinese=chinese)
    else:
        content_type = "application/problem+json"
        body = json.dumps({"type": kind, "title": english, "status": status, "detail": f"{chinese} {english}"},
                          ensure_ascii=False)  # fmt: skip
    headers = [
        ("Content-Type", content_type),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if retry_after:
        headers.append(("Retry-After", str(retry_after)))
        if again:
            headers.append(("Refresh", str(retry_after)))
    return headers, body.encode()


def status_line(status: int) -> str:
    """Return status and reason, as WSGI writes them."""
    return f"{status} {HTTPStatus(status).phrase}"
