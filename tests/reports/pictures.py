"""Takes the pictures of the documentation anew, of the pages of the made-up class.

Run it in tests/: `python -m reports.pictures`.
"""

import tempfile
from pathlib import Path

from reports.browser import find_browser, open_tab
from reports.made_up import write

FOLDER = Path(__file__).parent.parent.parent / "docs" / "images"
PAGES = {"class": "index.html", "student": "students/s14.html"}
# By the page and the width, in pixels; so that no picture is larger than 200 kB.
HEIGHTS = {
    ("class", 400): 2350,
    ("class", 1280): 1650,
    ("student", 400): 2300,
    ("student", 1280): 1600,
}


def take(folder: Path) -> None:
    """Write the pictures into a folder; needs a Chromium."""
    program = find_browser()
    assert program is not None, "there is no Chromium on this machine"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as pages, open_tab(program) as tab:
        write(Path(pages))
        for (name, width), height in HEIGHTS.items():
            tab.open(Path(pages, PAGES[name]), width, height=height)
            (folder / f"{name}-{width}.png").write_bytes(tab.picture())


if __name__ == "__main__":
    take(FOLDER)
