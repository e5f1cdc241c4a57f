"""Where reports go: to the terminal one by one, or into a file that is whole or not there."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.text import Text

from grader.cli.output import Output, counting, print_text, warn, working_on, write_whole
from grader.cli.submit import renderer
from grader.errors import GraderError, UsageError
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Evidence, Result, TestRecord

EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "none", "", "", 0, Limits())
RESULT = Result(
    "double", "Twice", "double.py", (TestRecord("test_a", "A", 1, Outcome.PASSED),), EVIDENCE
)


def test_each_result_is_on_the_terminal_before_the_next_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Output(renderer("text"), None) as output:
        output.add(RESULT)
        assert capsys.readouterr().out.startswith("double  Twice\n")


def test_json_is_one_line_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    with Output(renderer("json"), None) as output:
        output.add(RESULT)
        output.add(RESULT)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["exercise"] for line in lines] == ["double", "double"]


@pytest.mark.parametrize("report_format", ["text", "json"])
def test_a_file_gets_what_the_terminal_would(
    tmp_path: Path, report_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Output(renderer(report_format), None) as output:
        output.add(RESULT)
    shown = capsys.readouterr().out
    with Output(renderer(report_format), tmp_path / "report") as output:
        output.add(RESULT)
    assert (tmp_path / "report").read_text() == shown
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("error", [KeyboardInterrupt, UsageError, ValueError])
def test_nothing_is_written_when_it_comes_to_no_good_end(
    plain_surroundings: Path, error: type[BaseException]
) -> None:
    def add_and_fail(file: Path) -> None:
        with Output(renderer("json"), file) as output:
            output.add(RESULT)
            raise error

    file = plain_surroundings / "report"
    file.write_text("before")
    with pytest.raises(error):
        add_and_fail(file)
    assert file.read_text() == "before"
    assert os.listdir(plain_surroundings) == ["report"]


# What can be written is found out before anything is graded.


def test_a_missing_folder_is_found_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: its folder does not exist"):
        Output(renderer("text"), tmp_path / "no/report")


def test_a_folder_that_may_not_be_written_to_is_found_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may be root, who may write anywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    with pytest.raises(UsageError, match="cannot be written: Permission denied"):
        Output(renderer("text"), tmp_path / "report")


# Files


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    write_whole(tmp_path / "report", "text")
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


def test_the_mode_of_a_file_that_is_replaced_stays(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.touch(mode=0o600)
    write_whole(file, "text")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("report")
    write_whole(link, "text")
    assert link.is_symlink()
    assert (tmp_path / "report").read_text() == "text"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path("/dev/null"), "text")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "text")
    assert os.read(reader, 100) == b"text"
    os.close(reader)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_besides(
    plain_surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    file = plain_surroundings / "report"
    file.write_text("before")
    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(GraderError, match="report cannot be written: No space left") as caught:
        write_whole(file, "text")
    assert caught.value.exit_status == 3
    assert file.read_text() == "before"
    assert os.listdir(plain_surroundings) == ["report"]


# Beside the report


def test_a_warning_goes_to_standard_error_on_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    warn("[bold]long[/bold] " * 20)
    assert capsys.readouterr() == ("", "warning: " + "[bold]long[/bold] " * 20 + "\n")


def test_long_lines_are_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    print_text(Text("word " * 100))
    assert capsys.readouterr().out == "word " * 100


def test_a_spinner_is_for_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    with working_on("grading [bold]"):
        pass
    assert capsys.readouterr() == ("", "")


# How many are done


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard error be taken for a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")


def test_a_count_is_for_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("graded") as counter:
        counter(+1)
        counter(-1)
        with counter.hidden():
            print("report")
    assert capsys.readouterr() == ("report\n", "")


def test_a_terminal_that_cannot_move_its_cursor_shows_no_count(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    with counting("graded") as counter:
        counter(+1)
    assert capsys.readouterr() == ("", "")


def test_a_count_shows_how_many_are_done_of_how_many(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    with counting("graded") as counter:
        for change in (+1, +1, +1, -1):
            counter(change)
    last_line = Text.from_ansi(capsys.readouterr().err).plain.strip().splitlines()[-1]
    assert "1/3 graded" in last_line


def test_a_count_is_away_while_a_report_is_written_and_then_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    with counting("graded") as counter:
        counter(+1)
        with counter.hidden():
            before = capsys.readouterr().err
            counter(+1)
            counter(-1)
            assert capsys.readouterr().err == ""
        after = capsys.readouterr().err
    erased = "\x1b[1A\x1b[2K"
    assert before.endswith(erased)
    assert "1/2" in Text.from_ansi(after).plain


def test_a_count_is_away_after_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    with pytest.raises(KeyboardInterrupt), counting("graded"):
        raise KeyboardInterrupt
    assert capsys.readouterr().err.endswith("\x1b[2K")
