"""The worker's end of the wire: whole frames, nothing read beyond them, nothing passed on."""

import os
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from driver import Driver

from grader.inside import wire
from grader.inside.pipe import Pipe


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    read_fd, write_fd = os.pipe()
    yield read_fd, write_fd
    for descriptor in (read_fd, write_fd):
        try:
            os.close(descriptor)
        except OSError:
            continue  # the test has closed it


def test_receive_takes_one_frame_and_not_a_byte_more(ends: tuple[int, int]) -> None:
    read_fd, write_fd = ends
    os.write(write_fd, wire.encode_frame(["one"], 100) + b"rest")

    assert Pipe(read_fd, -1).receive() == ["one"]
    assert os.read(read_fd, 100) == b"rest"


def test_receive_waits_for_all_of_a_frame(ends: tuple[int, int]) -> None:
    read_fd, write_fd = ends
    frame = wire.encode_frame(["a long text" * 50_000], 1_000_000)
    writer = Thread(target=lambda: [os.write(write_fd, frame[i : i + 7_000]) for i in parts])
    parts = range(0, len(frame), 7_000)
    writer.start()

    assert Pipe(read_fd, -1).receive() == ["a long text" * 50_000]
    writer.join()


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x09[1"])
def test_receive_raises_eof_error_once_the_judge_has_gone(
    sent: bytes, ends: tuple[int, int]
) -> None:
    read_fd, write_fd = ends
    os.write(write_fd, sent)
    os.close(write_fd)

    with pytest.raises(EOFError):
        Pipe(read_fd, -1).receive()


def test_send_writes_more_than_the_kernel_buffers(ends: tuple[int, int]) -> None:
    read_fd, write_fd = ends
    sender = Thread(target=Pipe(-1, write_fd).send, args=["x" * 1_000_000])
    sender.start()

    assert Pipe(read_fd, -1).receive() == "x" * 1_000_000
    sender.join()


def test_send_writes_nothing_of_a_reply_beyond_the_bound(ends: tuple[int, int]) -> None:
    read_fd, write_fd = ends

    with pytest.raises(wire.WireError, match="at most 100"):
        Pipe(-1, write_fd).send("x" * 101, 100)

    os.close(write_fd)
    assert os.read(read_fd, 1) == b""


DESCRIPTORS = """
import os, subprocess, sys

CHECK = '''
import os
for number in range(256):
    try:
        same = os.fstat(number).st_rdev == os.stat("/dev/null").st_rdev
    except OSError:
        continue
    print(number, same)
'''

def own():
    null = os.stat("/dev/null").st_rdev
    return [os.fstat(number).st_rdev == null for number in range(3)]

def inherited():
    program = subprocess.run([sys.executable, "-c", CHECK], stdout=subprocess.PIPE, check=True)
    return program.stdout.decode().split("\\n")

def written():
    os.write(1, b"\\0\\0\\0\\x02[]")
    os.system("echo forged; cat")
    return os.read(0, 10)
"""


def test_standard_descriptors_are_the_null_device(start_worker: Callable[..., Driver]) -> None:
    assert start_worker(DESCRIPTORS).begin_test().use("own") == [True, True, True]


def test_a_program_that_the_submission_starts_does_not_get_the_wire(
    start_worker: Callable[..., Driver],
) -> None:
    lines = start_worker(DESCRIPTORS).begin_test().use("inherited")

    assert lines == ["0 True", "1 False", "2 True", ""]  # 1 is the program's own pipe


def test_writing_to_descriptor_1_reaches_nobody(start_worker: Callable[..., Driver]) -> None:
    assert start_worker(DESCRIPTORS).begin_test().use("written") == b""
