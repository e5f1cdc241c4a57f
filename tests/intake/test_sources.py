"""Sources: folders and zips as lists of files, none of them followed, extracted or waited for."""

import contextlib
import os
import socket
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError, UsageError
from grader.intake import entries, folders, zips
from grader.intake.entries import complaint_about_name
from grader.intake.sources import open_source
from grader.submission import MAX_FILE_BYTES
from intake.classes import CONTENT, write_folder, write_overlapping_zip, write_zip

ZEROS = bytes(50 * MAX_FILE_BYTES)


def seen(path: Path) -> dict[str, bytes | str]:
    """Return the content of each file, or the sentence that says why there is none."""
    found: dict[str, bytes | str] = {}
    with open_source(path) as entries:
        for entry in entries:
            assert entry.name not in found
            try:
                found[entry.name] = entry.read()
            except GraderError as error:
                found[entry.name] = str(error)
    return found


def names(path: Path) -> list[str]:
    """Return the names of all files."""
    with open_source(path) as entries:
        return [entry.name for entry in entries]


def patched(path: Path, name: str, offset: int, format_: str, value: int) -> None:
    """Change a field of a member's record in the zip's directory (APPNOTE.TXT 4.3.12)."""
    data = bytearray(path.read_bytes())
    at = data.rindex(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into(format_, data, at + offset, value)
    path.write_bytes(data)


# Both.


@pytest.fixture(params=["folder", "zip"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A class as a folder, and the same as a zip."""
    files = {
        "bob/decorators.py": b"bob",
        "anna/blog/views/posts.py": b"",
        "anna/big.py": b"x" * (MAX_FILE_BYTES + 2),
        "anna/exact.py": b"x" * MAX_FILE_BYTES,
        "Jörg Ünal_1_2/é.py": b"",
        **dict.fromkeys(["__MACOSX/anna/._decorators.py", "anna/.DS_Store", "Thumbs.db"], b"no"),
        **dict.fromkeys(["anna/.git/config", "anna/__pycache__/a.pyc", "bob/._a.py"], b"no"),
        **dict.fromkeys(["anna/conftest.py", "anna/evil.pth", "anna/a.so"], b"yes"),
    }
    make = write_folder if request.param == "folder" else write_zip
    return make(tmp_path / "class", files)


def test_files_are_sorted_by_name_and_noise_is_left_out(source: Path) -> None:
    assert names(source) == [
        "Jörg Ünal_1_2/é.py",
        *("anna/a.so", "anna/big.py", "anna/blog/views/posts.py", "anna/conftest.py"),
        *("anna/evil.pth", "anna/exact.py", "bob/decorators.py"),
    ]


def test_of_a_large_file_no_more_is_read_than_shows_that_it_is_too_large(source: Path) -> None:
    found = seen(source)
    assert len(found["anna/big.py"]) == MAX_FILE_BYTES + 1
    assert len(found["anna/exact.py"]) == MAX_FILE_BYTES
    assert found["bob/decorators.py"] == b"bob"


def test_all_files_together_are_bounded(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_TOTAL_BYTES", 2 * MAX_FILE_BYTES)
    refused = {name for name, content in seen(source).items() if isinstance(content, str)}
    assert refused == {"anna/exact.py", "bob/decorators.py"}


@pytest.mark.parametrize("make", [write_folder, write_zip])
def test_a_crowd_of_files_hides_nobody_elses(tmp_path: Path, make: type) -> None:
    many = [f"anna/repository/{number:04}/x.py" for number in range(2100)]
    path = make(tmp_path / "class", [*many, "anna/repository/me.py", "anna/a.py", "bob/b.py"])
    found = seen(path)
    assert found["anna/a.py"] == found["bob/b.py"] == CONTENT
    assert found["anna/repository/me.py"] == CONTENT
    assert str(found["anna/repository"]).startswith("It has more than 2000 files; the rest ")
    assert len(found) <= 2004


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("anna/decorators.py", ""),
        ("a b/é.py", ""),
        ("-rf", ""),
        ("anna/..py", ""),
        ("../x.py", 'Its name leaves the folder with "..".'),
        ("a/../../b.py", 'Its name leaves the folder with "..".'),
        ("a/..", 'Its name leaves the folder with "..".'),
        ("/etc/passwd", "Its name is absolute; only names inside the folder are read."),
        ("//server/x.py", "Its name is absolute; only names inside the folder are read."),
        ("C:/x.py", "Its name is absolute; only names inside the folder are read."),
        ("c:x.py", "Its name is absolute; only names inside the folder are read."),
        ("..\\x.py", "Its name holds a backslash"),
        ("C:\\x.py", "Its name holds a backslash"),
        ("a.py\0.txt", "Its name holds a NUL byte."),
        ("a//b.py", "Its name has an empty level."),
        ("./a.py", "Its name has an empty level."),
        ("", "Its name has an empty level."),
        ("x" * 300, ""),
        ("x" * 301, "Its name has more than 300 characters."),
        ("/".join("x" * 50), ""),
        ("/".join("x" * 51), "It is more than 50 folders deep."),
    ],
)
def test_a_name_that_points_elsewhere_or_is_beyond_bounds_is_complained_about(
    name: str, complaint: str
) -> None:
    assert complaint_about_name(name).startswith(complaint)
    assert bool(complaint_about_name(name)) is bool(complaint)


@given(st.text(st.sampled_from("ab./\\:\0C"), max_size=12))
def test_a_name_without_complaint_stays_in_its_folder(name: str) -> None:
    if not complaint_about_name(name):
        inside = os.path.normpath(f"/class/{name}")
        assert inside == f"/class/{name}"
        assert inside.startswith("/class/")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "is not there; name a folder or a zip"),
        (os.mkfifo, "is neither a folder nor a zip"),
        (lambda path: path.write_bytes(b"x = 1\n"), "cannot be opened as a zip"),
        (lambda path: path.write_bytes(b""), "cannot be opened as a zip"),
        (lambda path: path.symlink_to(path), "cannot be read: Too many levels"),
    ],
)
def test_what_is_no_source_at_all_is_an_error_of_usage(
    tmp_path: Path, make: type, sentence: str
) -> None:
    path = tmp_path / "class"
    make(path)
    with pytest.raises(UsageError, match=sentence), open_source(path):
        pass


# Folders.


def test_what_is_no_ordinary_file_is_refused_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.py"
    secret.write_bytes(b"secret")
    root = write_folder(tmp_path / "class", ["good/a.py", "bob/a.py"])
    (root / "link.py").symlink_to(secret)
    (root / "zero.py").symlink_to("/dev/zero")
    (root / "loop").symlink_to(".")
    (root / "self.py").symlink_to("self.py")
    (root / "gone.py").symlink_to("nowhere")
    os.link(secret, root / "hard.py")
    os.mkfifo(root / "fifo.py")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(root)  # the path of a socket has to be short
        listener.bind("socket.py")
    link = "It is a link, and links are not followed."
    kind = "It is no regular file but a pipe, a socket or a device."
    assert seen(root) == {
        "good/a.py": CONTENT,
        "bob/a.py": CONTENT,
        **dict.fromkeys(["link.py", "zero.py", "loop", "self.py", "gone.py"], link),
        "hard.py": "It has a second name elsewhere (a hard link); hand in a copy of its own.",
        **dict.fromkeys(["fifo.py", "socket.py"], kind),
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_refused(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", [])
    try:
        os.mknod(root / "zero.py", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("no devices may be made here")
    assert "no regular file" in str(seen(root)["zero.py"])


def test_a_file_that_became_a_link_or_pipe_after_it_was_listed_is_not_read(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["a.py", "b.py", "c.py", "d/e.py"])
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "e.py").write_bytes(b"secret")
    with open_source(root) as entries:
        for name in ("a.py", "b.py", "c.py", "d/e.py"):
            (root / name).unlink()
        (root / "a.py").symlink_to("/etc/passwd")
        os.mkfifo(root / "b.py")
        (root / "d").rmdir()
        (root / "d").symlink_to(tmp_path / "secret")
        for entry in entries:
            with pytest.raises(GraderError, match=r"^It (cannot be read|is no regular file)"):
                entry.read()


def test_a_sparse_file_of_a_terabyte_costs_what_is_read_of_it(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", [])
    with (root / "sparse.py").open("wb") as file:
        file.truncate(1024**4)
    assert seen(root) == {"sparse.py": bytes(MAX_FILE_BYTES + 1)}


def test_what_may_not_be_read_costs_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_folder(tmp_path / "class", ["anna/a.py", "bob/b.py", "eve/e.py"])
    # Root may read everything, so the system's answer is made up.
    really_open = os.open

    def closed(path: str, *rest: int, **options: int) -> int:
        if path in ("anna", "b.py"):
            raise PermissionError(13, "Permission denied", path)
        return really_open(path, *rest, **options)

    monkeypatch.setattr(os, "open", closed)
    assert seen(root) == {
        "anna": "The folder cannot be read: Permission denied.",
        "bob/b.py": "It cannot be read: Permission denied.",
        "eve/e.py": CONTENT,
    }


def test_folders_without_end_are_left_at_a_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_folder(tmp_path / "class", ["a.py"])
    monkeypatch.chdir(root)
    for _ in range(200):
        os.mkdir("d")
        os.chdir("d")
    found = seen(root)
    assert found.pop("a.py") == CONTENT
    assert found == {"/".join("d" * 51): "It is more than 50 folders deep."}


def test_a_folder_may_be_named_by_a_link(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["a.py"])
    (tmp_path / "link").symlink_to(root)
    assert seen(tmp_path / "link") == {"a.py": CONTENT}


def test_a_name_that_is_no_text_is_read_like_any_other(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", [])
    (root / os.fsdecode(b"\xff.py")).write_bytes(CONTENT)
    assert seen(root) == {"\udcff.py": CONTENT}


# Zips.


def test_a_zip_that_reaches_out_of_itself_writes_nothing_and_reads_nothing(tmp_path: Path) -> None:
    names = ["../x.py", "/tmp/abs.py", "a/../../b.py", "C:\\x.py", "a\\b.py", "nul\0.py", "good.py"]
    before = sorted(tmp_path.rglob("*"))
    found = seen(write_zip(tmp_path / "class.zip", names))
    assert found.pop("good.py") == CONTENT
    assert set(found) == set(names) - {"good.py"}
    assert all(isinstance(refusal, str) for refusal in found.values())
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "class.zip"]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (stat.S_IFLNK, "It is a link, and links are not followed."),
        (stat.S_IFIFO, "It is no regular file."),
        (stat.S_IFCHR, "It is no regular file."),
        (stat.S_IFDIR, "It is no regular file."),
    ],
)
def test_a_member_that_would_be_no_file_is_refused(
    tmp_path: Path, kind: int, sentence: str
) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("anna.py")
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("bob.py", CONTENT)
    assert seen(path) == {"anna.py": sentence, "bob.py": CONTENT}


def test_a_setuid_bit_means_nothing_where_nothing_is_extracted(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("anna.py")
        info.external_attr = (stat.S_IFREG | 0o6777) << 16
        archive.writestr(info, CONTENT)
    assert seen(path) == {"anna.py": CONTENT}


def test_of_two_members_of_one_name_neither_is_read(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        write_zip(path, ["anna.py", "anna.py", "bob.py"])
    with open_source(path) as entries:
        refusals = [(entry.name, entry.refusal) for entry in entries]
    twice = "The zip has two files of this name."
    assert refusals == [("anna.py", twice), ("anna.py", twice), ("bob.py", "")]


def test_a_bomb_is_inflated_no_further_than_a_file_may_be_long(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "class.zip", {"bomb.py": ZEROS, "bob.py": CONTENT})
    assert path.stat().st_size < MAX_FILE_BYTES // 10
    assert seen(path) == {"bomb.py": ZEROS[: MAX_FILE_BYTES + 1], "bob.py": CONTENT}


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = write_overlapping_zip(tmp_path / "class.zip", ["a.py", "b.py", "c.py"], ZEROS)
    shared = "It shares its bytes with other files of the zip."
    assert seen(path) == dict.fromkeys(["a.py", "b.py", "c.py"], shared)


def test_a_member_that_holds_another_is_refused_and_the_one_after_is_not(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "class.zip", {"a.py": b"1", "b.py": b"2", "c.py": b"3"})
    with zipfile.ZipFile(path) as archive:
        third = archive.getinfo("c.py").header_offset
    patched(path, "a.py", 20, "<L", third - 30)
    shared = "It shares its bytes with other files of the zip."
    assert seen(path) == {"a.py": shared, "b.py": shared, "c.py": b"3"}


@pytest.mark.parametrize("size", [0, 5, 10**6, 2**32 - 2])
def test_what_a_zip_says_of_a_size_is_not_believed(tmp_path: Path, size: int) -> None:
    path = write_zip(tmp_path / "class.zip", {"a.py": bytes(1000), "b.py": CONTENT})
    patched(path, "a.py", 24, "<L", size)
    found = seen(path)
    assert found["b.py"] == CONTENT
    assert isinstance(found["a.py"], str) or found["a.py"] == bytes(1000)


@pytest.mark.parametrize(
    ("offset", "format_", "value", "sentence"),
    [
        (8, "<H", 1, "It is encrypted."),
        (10, "<H", zipfile.ZIP_LZMA, "It is compressed in a way that is not read"),
        (10, "<H", zipfile.ZIP_BZIP2, "It is compressed in a way that is not read"),
        (10, "<H", 99, "It is compressed in a way that is not read"),
        (16, "<L", zlib.crc32(b"other"), "It is damaged in the zip (Bad CRC-32"),
    ],
)
def test_a_member_that_cannot_be_read_costs_nobody_else(
    tmp_path: Path, offset: int, format_: str, value: int, sentence: str
) -> None:
    path = write_zip(tmp_path / "class.zip", {"b.py": CONTENT, "a.py": CONTENT})
    patched(path, "a.py", offset, format_, value)
    found = seen(path)
    assert str(found["a.py"]).startswith(sentence)
    assert found["b.py"] == CONTENT


@pytest.mark.parametrize(
    "damaged", [slice(40, 400), slice(0, 4), slice(30, 34)], ids=["content", "header", "name"]
)
def test_damaged_bytes_are_said_to_be(tmp_path: Path, damaged: slice) -> None:
    path = write_zip(tmp_path / "class.zip", {"a.py": os.urandom(500), "b.py": CONTENT})
    data = bytearray(path.read_bytes())
    data[damaged] = b"\xff" * len(data[damaged])
    path.write_bytes(data)
    found = seen(path)
    assert str(found["a.py"]).startswith("It is damaged in the zip (")
    assert found["b.py"] == CONTENT


def test_a_zip_that_ends_too_early_is_an_error_of_usage(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "class.zip", {"a.py": os.urandom(500)})
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(UsageError, match=r"cannot be opened as a zip .*; download it once"):
        seen(path)


def test_a_zip_in_a_zip_is_a_file_like_any_other(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", ["x.py"]).read_bytes()
    assert seen(write_zip(tmp_path / "class.zip", {"a.zip": inner})) == {"a.zip": inner}


def test_too_many_members_are_an_error_of_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "MAX_MEMBERS", 2)
    assert len(names(write_zip(tmp_path / "two.zip", ["a", "b"]))) == 2
    with pytest.raises(UsageError, match="more than 2 files; unpack it"):
        names(write_zip(tmp_path / "three.zip", ["a", "b", "c"]))


def test_too_many_files_are_an_error_of_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MAX_FILES", 2)
    assert len(names(write_folder(tmp_path / "two", ["a", "b"]))) == 2
    with pytest.raises(UsageError, match="more than 2 files; name a smaller folder"):
        names(write_folder(tmp_path / "three", ["a", "b", "c"]))


@pytest.mark.parametrize("flag", [0, 0x800])
def test_a_name_in_utf_8_is_read_as_such_whether_the_zip_says_so_or_not(
    tmp_path: Path, flag: int
) -> None:
    path = write_zip(tmp_path / "class.zip", ["Jörg.py"])
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    for at in (6, start + 8):
        data = data[:at] + struct.pack("<H", flag) + data[at + 2 :]
    path.write_bytes(data)
    assert seen(path) == {"Jörg.py": CONTENT}


def test_a_name_in_the_old_encoding_of_zips_is_read_as_well(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "class.zip", ["J?rg.py"])
    path.write_bytes(path.read_bytes().replace(b"J?rg", b"J\x94rg"))
    assert seen(path) == {"Jörg.py": CONTENT}


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_damage_is_refused_or_an_error_of_usage(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int
) -> None:
    path = write_zip(tmp_path_factory.mktemp("damaged") / "class.zip", ["a.py", "b/c.py"])
    data = bytearray(path.read_bytes())
    data[at : at + len(damage)] = damage
    path.write_bytes(data)
    with contextlib.suppress(UsageError):
        found = seen(path)
        assert all(
            content != "" and len(content) <= MAX_FILE_BYTES + 1 for content in found.values()
        )
        assert len(found) <= 2
