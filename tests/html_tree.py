"""Pages as trees, read with Python's own parser: what tests of HTML look at."""

from collections.abc import Iterator
from html.parser import HTMLParser

from typing_extensions import override

VOID = {"meta", "link", "input", "rect", "br", "hr", "img"}


class Element:
    """An element with its attributes, and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        """Make an element with nothing in it."""
        self.tag = tag
        self.attributes = attributes
        self.inside: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        """Give an attribute."""
        return self.attributes[name]

    @property
    def text(self) -> str:
        """Give the words in it, with single spaces."""
        return " ".join("".join(self._words()).split())

    @property
    def seen(self) -> str:
        """Give the words in it that are no popover's."""
        return " ".join("".join(self._words(seen=True)).split())

    def _words(self, *, seen: bool = False) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif not (seen and "popover" in part.attributes):
                yield from part._words(seen=seen)

    def __iter__(self) -> Iterator["Element"]:
        """Give every element in it, in the order of the page."""
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part

    def all(self, tag: str, **attributes: str) -> list["Element"]:
        """Give the elements of a tag that have these attributes."""
        wanted = {name.strip("_"): value for name, value in attributes.items()}
        return [
            each
            for each in self
            if each.tag == tag and wanted.items() <= each.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> "Element":
        """Give the only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def section(self, heading: str) -> "Element":
        """Give the section that a heading names."""
        return self.one("section", **{"aria-labelledby": heading})

    def rows(self) -> list[list[str]]:
        """Give the words of the rows below the head of the table in it."""
        cells = {"td", "th"}
        return [
            [cell.seen for cell in row if cell.tag in cells]
            for body in self.all("tbody")
            for row in body.all("tr")
        ]

    def place(self, of: str) -> str:
        """Give what the popover of the figure with these words says."""
        figure = next(b for b in self.all("button", class_="sourced") if b.text == of)
        return self.one("div", id=figure["popovertarget"]).text


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    @override
    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(text: str) -> Element:
    """Read a page; each element has to be closed in order."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    (root,) = parser.open
    return root
