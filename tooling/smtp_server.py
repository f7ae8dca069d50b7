"""A mail server on the loopback for tests: takes mail as a real one does, or refuses it as one would."""

import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default


@dataclass
class Mailbox:
    """What a server has taken, and how it answers. An empty answer hangs up instead."""

    port: int = 0
    messages: list[Message] = field(default_factory=list)
    to_recipient: bytes = b"250 Good"
    to_text: bytes = b"250 Taken"
    hangs_up_after_text: bool = False


class _Session(socketserver.StreamRequestHandler):
    """One conversation, as much of RFC 5321 as Python's client speaks."""

    server: "_Server"

    def handle(self) -> None:
        self._say(b"220 mail.test")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                if not self._take_text():
                    return
            elif verb == b"QUIT":
                self._say(b"221 Bye")
                return
            else:
                self._say(self.server.mailbox.to_recipient if verb == b"RCPT" else b"250 Good")

    def _take_text(self) -> bool:
        self._say(b"354 Go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mailbox = self.server.mailbox
        if mailbox.to_text.startswith(b"2"):
            mailbox.messages.append(message_from_bytes(b"".join(lines), policy=default))
        if mailbox.hangs_up_after_text:
            return False
        self._say(mailbox.to_text)
        return True

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mailbox: Mailbox


@contextmanager
def smtp_server() -> Generator[Mailbox]:
    """Run a mail server for as long as the block lasts; it listens on 127.0.0.1 at the mailbox's port."""
    mailbox = Mailbox()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.mailbox = mailbox
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
