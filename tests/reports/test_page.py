"""What holds for every HTML page: its colours can be read, and nothing is missing from it."""

import re
from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from grader.reports.page import render_page

TEMPLATES = files("grader.reports").joinpath("templates")
STYLE_SHEETS = {
    file.name: file.read_text(encoding="utf-8")
    for file in TEMPLATES.iterdir()
    if file.name.endswith(".css")
}
STYLE = STYLE_SHEETS["base.css"]
every_style_sheet = pytest.mark.parametrize("name", STYLE_SHEETS)

# What is written upon what, by the names of the style sheet.
PAIRS = [
    *((name, "page") for name in ("text", "muted", "link", "good", "bad", "note")),
    *((name, "raised") for name in ("text", "muted", "link", "good", "bad", "note")),
    *(("on-filled", "filled"), ("on-deep", "deep")),
    *(("on-added", "added"), ("on-removed", "removed"), ("on-partial", "partial")),
]
LEAST_CONTRAST = 4.5  # level AA for text of the usual size, WCAG 2.2, 1.4.3


def palettes() -> list[dict[str, str]]:
    """Return the colours of the style sheet by their names, the light ones and the dark ones."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    return [dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)) for block in blocks]


def luminance(colour: str) -> float:
    """Return the relative luminance of six hex digits, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return how far two colours are apart, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_what_is_written_can_be_read(palette: dict[str, str], text: str, ground: str) -> None:
    assert contrast(palette[text], palette[ground]) >= LEAST_CONTRAST


def test_light_and_dark_have_the_same_colours() -> None:
    light, dark = palettes()
    assert light.keys() == dark.keys()
    assert {name for pair in PAIRS for name in pair} <= light.keys()


@every_style_sheet
def test_colours_stand_in_the_two_lists_only(name: str) -> None:
    rest = re.sub(r":root \{.*?\}", "", STYLE_SHEETS[name], flags=re.S)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rest) == []


@every_style_sheet
def test_colours_that_are_used_are_in_the_lists(name: str) -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE_SHEETS[name]))
    assert used
    assert used <= palettes()[0].keys()


@every_style_sheet
def test_a_style_sheet_loads_nothing(name: str) -> None:
    assert "url(" not in STYLE_SHEETS[name]
    assert "@import" not in STYLE_SHEETS[name]


def test_a_value_that_is_not_given_is_missed() -> None:
    with pytest.raises(UndefinedError, match="'sections' is undefined"):
        render_page("check.html.j2")
