"""The page about the body shows pictures that there are, small ones, and all of them."""

from __future__ import annotations

import re
from pathlib import Path

from tools.body_page import FOLDER, PICTURES

PAGE = Path(__file__).parents[1] / "docs" / "body.md"


def test_the_page_shows_every_picture_and_none_is_large() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(body/([a-z-]+)\.jpg\)", PAGE.read_text("utf-8"))
    assert sorted(shown) == sorted(picture.name for picture in PICTURES)
    files = {file.stem: file.stat().st_size for file in FOLDER.iterdir()}
    assert sorted(files) == sorted(shown)
    assert max(files.values()) < 150_000
