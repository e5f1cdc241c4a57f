"""The pages of a class in a real browser: nothing is complained of, nothing moves sideways."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.browser import Tab, find_browser, open_tab
from reports.closed_pages import HOSTILE, class_with
from reports.made_up import write

PROGRAM = find_browser()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")

# The page of a usual student, of hostile names, of a long one, and of one with nothing.
PAGES = ("index.html", *(f"students/s{number}.html" for number in ("00", "09", "36", "37", "38")))
WIDTHS = (400, 1280)


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    assert PROGRAM is not None
    with open_tab(PROGRAM) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write(folder)
    return folder


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_nothing_asks_for_nothing_and_stays_in_its_window(
    tab: Tab, folder: Path, name: str, width: int, is_dark: bool
) -> None:
    file = folder / name
    tab.open(file, width, is_dark=is_dark)
    assert tab.said == []
    assert tab.asked == [file.as_uri()]
    assert tab.value_of("innerWidth") == width
    assert tab.value_of("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_wider_than_the_window_moves_in_its_own_box(
    tab: Tab, folder: Path, width: int
) -> None:
    tab.open(folder / "index.html", width)
    boxes = "[...document.querySelectorAll('.wide')]"
    assert tab.value_of(f"{boxes}.every(box => box.clientWidth <= innerWidth)") is True
    moved = tab.value_of(f"{boxes}.filter(box => box.scrollWidth > box.clientWidth).length")
    assert (moved > 0) is (width == 400)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", [HOSTILE, "x" * 500, "\u05e9\u05dc\u05d5\u05dd " * 40])
def test_a_class_of_hostile_texts_does_nothing_either(
    tab: Tab, tmp_path: Path, width: int, text: str
) -> None:
    write(tmp_path, class_with(text))
    for file in tmp_path.rglob("*.html"):
        tab.open(file, width)
        assert (tab.said, tab.asked) == ([], [file.as_uri()])
        assert tab.value_of("document.documentElement.scrollWidth") <= width
        assert tab.value_of("document.scripts.length") == 0


def test_a_link_to_a_student_leads_to_the_students_page(tab: Tab, folder: Path) -> None:
    tab.open(folder / "index.html", 1280)
    links = tab.value_of(
        "JSON.stringify([...document.querySelectorAll('.picture tbody a')].map(a => a.href))"
    )
    pages = {file.as_uri() for file in folder.glob("students/*.html")}
    assert set(json.loads(links)) == pages


def test_on_paper_everything_is_unfolded(tab: Tab, folder: Path) -> None:
    tab.open(folder / "index.html", 1280)
    last = "[...document.querySelectorAll('details:not([open]) li')].at(-1)"
    assert tab.value_of(f"{last}.checkVisibility()") is False
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value_of(f"{last}.checkVisibility()") is True


def test_a_browser_that_complains_is_heard(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text("<!DOCTYPE html><script>console.error('no')</script><img src=none.png>")
    tab.open(file, 400)
    assert any("none.png" in address for address in tab.asked)
    assert any('"no"' in said for said in tab.said)
