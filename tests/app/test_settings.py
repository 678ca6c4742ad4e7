import logging

import pytest

from visualizer.anatomy.muscle import Side
from visualizer.app.settings import Settings, load_settings, save_settings

FULL = Settings(
    variation="glute-bridge",
    side=Side.LEFT,
    theme="dark",
    labels=True,
    loop=False,
    speed=0.5,
    geometry=b"\x01\xd9\xd0\xcb\x00",
    splitters={"upper": [240, 700, 340]},
)


def test_round_trip(tmp_path):
    file = tmp_path / "not" / "there" / "window.json"
    save_settings(file, FULL)
    assert load_settings(file) == FULL
    assert [p.name for p in file.parent.iterdir()] == ["window.json"]


def test_a_missing_file_gives_the_defaults_and_leaves_nothing(tmp_path):
    assert load_settings(tmp_path / "window.json") == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00binary",
        b'{"variation": 3}',
        b'{"theme": "pink"}',
        b'{"speed": 3.5}',
        b'{"side": "both"}',
        b'{"splitters": {"upper": ["x"]}}',
        b'{"geometry": "not base64!"}',
        b" " * 300_000,
    ],
)
def test_a_broken_file_is_kept_aside_and_replaced(tmp_path, content, caplog):
    file = tmp_path / "window.json"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load_settings(file) == Settings()
    assert not file.exists()
    assert (tmp_path / "window.json.broken").read_bytes() == content
    assert "settings" in caplog.text
    save_settings(file, FULL)
    assert load_settings(file) == FULL


def test_a_folder_in_its_place_is_not_fatal(tmp_path, caplog):
    file = tmp_path / "window.json"
    file.mkdir()
    with caplog.at_level(logging.WARNING):
        assert load_settings(file) == Settings()


def test_what_cannot_be_written_is_logged(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    with caplog.at_level(logging.WARNING):
        save_settings(blocked / "window.json", FULL)
    assert "not saved" in caplog.text


def test_unknown_fields_of_a_later_version_are_ignored(tmp_path):
    file = tmp_path / "window.json"
    file.write_bytes(b'{"theme": "dark", "from_the_future": [1, 2]}')
    assert load_settings(file) == Settings(theme="dark")
