"""Reading a page as a reader does: the text of its elements, by a parser that is not ours."""

from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNREAD = frozenset({"script", "style", "template"})


class TextReader(HTMLParser):
    """Collects the text of everything, or of the first element that has the wanted tag and class."""

    def __init__(self, tag: str = "", class_name: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = (tag, class_name)
        self.depth = 0 if tag else 1
        self.unread = 0
        self.parts: list[str] = []
        self.done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
            self.unread += tag in UNREAD
        elif not self.done and tag == self.wanted[0]:
            classes = (dict(attrs).get("class") or "").split()
            self.depth = int(not self.wanted[1] or self.wanted[1] in classes)

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1
            self.unread -= tag in UNREAD
            self.done = self.done or (self.depth == 0)

    def handle_data(self, data: str) -> None:
        if self.depth and not self.unread:
            self.parts.append(data)


def read(html: str, tag: str = "", class_name: str = "") -> str:
    """Return the text of `html`, or of its first element `tag.class_name`, with white space as a browser shows it."""
    reader = TextReader(tag, class_name)
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())
