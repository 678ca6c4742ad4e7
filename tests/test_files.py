"""What is read has an end, and what is written is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO

import pytest

from visualizer.files import NotRegularError, TooLargeError, read_regular, write_whole


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 10)
    assert read_regular(file, 10) == b"x" * 10
    with pytest.raises(TooLargeError) as caught:
        read_regular(file, 9)
    assert caught.value.size == 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegularError):
        read_regular(tmp_path / "pipe", 10)


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 10)
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, lambda stream: stream.write(b"x"))


def full_disk(stream: IO[bytes]) -> None:
    stream.write(b"half")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with pytest.raises(OSError, match="No space"):
        write_whole(file, full_disk)
    assert list(tmp_path.iterdir()) == []
    write_whole(file, lambda stream: stream.write(b"whole"))
    with pytest.raises(OSError, match="No space"):
        write_whole(file, full_disk)
    assert file.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o640)
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("no links here")
    write_whole(link, lambda stream: stream.write(b"new"))
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o640


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("n" * 251 + ".png"), lambda stream: stream.write(b"x"))
    assert len(list(tmp_path.iterdir())) == 1
