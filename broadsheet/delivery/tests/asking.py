"""Asks the layer in front of Django as a web server would."""

from dataclasses import dataclass, field
from typing import Any

from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.serve_stored import StoredPages


@dataclass
class Answer:
    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def code(self) -> int:
        return int(self.status[:3])

    @property
    def how(self) -> str:
        return self.headers.get("Cache-Status", "")


class Asker:
    """A reader who asks for pages, and Django behind the store, which answers "Django" to everything."""

    def __init__(self, store: PageStore) -> None:
        self.pages = StoredPages(self._django, store=store)
        self.passed_on: list[str] = []

    def get(self, path: str, query: str = "", *, method: str = "GET", **headers: str) -> Answer:
        answer = Answer()

        def start_response(status: str, told: list[tuple[str, str]]) -> None:
            answer.status, answer.headers = status, dict(told)
            assert len(answer.headers) == len(told), "a header stands twice"

        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"HTTP_HOST": "localhost"} | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        answer.body = b"".join(self.pages(environ, start_response))
        return answer

    def _django(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.passed_on.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"Django"]
