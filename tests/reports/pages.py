"""Reads the HTML of a report into a tree, and complains of what is not nested as it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Element:
    """An element with its attributes; `children` are elements and texts."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside of it, as a reader sees it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def words(self) -> str:
        """Its text with one space wherever there is white space."""
        return " ".join(self.text.split())

    @property
    def classes(self) -> set[str]:
        """The names in its class attribute."""
        return set(self.attributes.get("class", "").split())

    def all(self, tag: str = "", class_: str = "") -> Iterator["Element"]:
        """Yield the elements inside of it, of a tag or of a class, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                if tag in ("", child.tag) and (not class_ or class_ in child.classes):
                    yield child
                yield from child.all(tag, class_)

    def one(self, tag: str = "", class_: str = "") -> "Element":
        """Return the only such element."""
        (found,) = self.all(tag, class_)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> in line {self.getpos()[0]} repeats one"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> in line {self.getpos()[0]} closes another"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(html: str) -> Element:
    """Return the root of a page, whose only element is <html>.

    Raises:
        AssertionError: where an element is not closed, or closed in another.
    """
    assert html.startswith("<!DOCTYPE html>\n")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]
