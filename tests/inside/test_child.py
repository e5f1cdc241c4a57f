"""The child of one test: how it imports a submission, and what it answers whatever that does."""

import signal
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from driver import Driver, an_order

from grader.inside.wire import Opaque
from grader.limits import MIB

Start = Callable[..., Driver]


def begin(start_worker: Start, submission: str | Mapping[str, str], **setup: Any) -> Driver:
    return start_worker(submission, **setup).begin_test()


def unloadable(start_worker: Start, submission: str) -> dict[str, Any]:
    """Return the failure of the import; the worker has gone on to the next test."""
    driver = start_worker(submission)
    kind, failure = driver.ask("test")
    assert kind == "unloadable"
    assert driver.hear() == ["ended", 0, True]
    assert driver.ask("test")[0] == "unloadable"
    assert isinstance(failure, dict)
    return failure


# Importing


def test_an_exception_while_importing_is_reported_with_its_frames(start_worker: Start) -> None:
    failure = unloadable(start_worker, "def f():\n    return 1 / 0\n\nX = f()\n")

    assert (failure["type"], failure["message"]) == ("ZeroDivisionError", "division by zero")
    assert failure["frames"] == [
        ["submission.py", 4, "<module>", "X = f()"],
        ["submission.py", 2, "f", "return 1 / 0"],
    ]


def test_a_syntax_error_is_reported_with_its_place(start_worker: Start) -> None:
    failure = unloadable(start_worker, "x = 1\ndef f(:\n    pass\n")

    assert (failure["type"], failure["line"], failure["column"]) == ("SyntaxError", 2, 7)
    assert failure["code"] == "def f(:"


@pytest.mark.parametrize(
    ("code", "base"),
    [
        ("import sys; sys.exit(0)", "builtins.SystemExit"),
        ("raise KeyboardInterrupt", "builtins.KeyboardInterrupt"),
        ("class Own(BaseException): pass\nraise Own", "builtins.BaseException"),
        ("import nothing_of_this_name", "builtins.ImportError"),
        ("def f(): f()\nf()", "builtins.RecursionError"),
        ("(" * 1_000, "builtins.SyntaxError"),
    ],
)
def test_whatever_an_import_raises_is_reported(start_worker: Start, code: str, base: str) -> None:
    assert base in unloadable(start_worker, code)["bases"]


MODULE = '''
import dataclasses
import inspect
import pickle
import sys
import threading

@dataclasses.dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    y: "int" = 2

def double(number):
    return 2 * number

def facts():
    return __name__, __file__.split("/")[-2:], __spec__.name, sys.modules[__name__].Point is Point

def sources():
    return inspect.getsource(double), inspect.getsource(Point)

def round_trips():
    values = [Point(1), Point, double]
    return [pickle.loads(pickle.dumps(value)) == value for value in values]

def show():
    return repr(Point(1)), Point(1) == Point(1), [f.name for f in dataclasses.fields(Point)]

if __name__ == "__main__":
    sys.exit("run as a program")
'''


def test_a_submission_is_a_module_like_any_other(start_worker: Start) -> None:
    driver = begin(start_worker, MODULE)

    name, file, spec_name, is_registered = driver.use("facts")
    assert (name, spec_name, is_registered) == ("submission", "submission", True)
    assert file == ["submission", "submission.py"]
    function, a_class = driver.use("sources")
    assert function == "def double(number):\n    return 2 * number\n"
    assert a_class.startswith(("@dataclasses.dataclass", "class Point:"))
    assert '    """A place."""' in a_class
    assert driver.use("round_trips") == [True, True, True]
    assert driver.use("show") == ("Point(x=1, y=2)", True, ["x", "y"])


def test_a_module_may_replace_itself(start_worker: Start) -> None:
    code = "import sys, types\nsys.modules[__name__] = types.SimpleNamespace(f=lambda: 'other')"

    assert begin(start_worker, code).use("f") == "other"


def test_a_submission_may_be_named_as_a_module_that_the_worker_uses(start_worker: Start) -> None:
    driver = begin(start_worker, {"random.py": "def f(): return __name__"}, module="random")

    assert driver.use("f") == "random"


def test_a_missing_name_is_found_in_a_submission_named_as_a_standard_module(
    start_worker: Start,
) -> None:
    driver = begin(start_worker, {"queue.py": ""}, module="queue")

    assert driver.failure("push")["missing"] == "push"


PACKAGE = {
    "shop/__init__.py": "from .prices import total\nfrom shop.prices import COUNT\n",
    "shop/prices.py": (
        "import os.path\nfrom . import __name__ as parent\nCOUNT = [0]\n"
        "def total(*prices):\n    COUNT[0] += 1\n    return parent, sum(prices), COUNT[0]\n"
    ),
}


def test_a_package_of_several_files_is_imported(start_worker: Start) -> None:
    driver = begin(start_worker, PACKAGE, module="shop")

    assert [driver.use("total", 1, 2) for _ in range(2)] == [("shop", 3, 1), ("shop", 3, 2)]


def test_a_file_beside_the_main_one_can_be_imported(start_worker: Start) -> None:
    files = {"main.py": "from helper import f", "helper.py": "def f(): return __name__"}

    assert begin(start_worker, files, module="main").use("f") == "helper"


def test_a_file_beside_the_main_one_does_not_hide_the_standard_library(
    start_worker: Start,
) -> None:
    files = {"main.py": "from colorsys import rgb_to_hsv as f", "colorsys.py": "raise SystemExit"}

    assert begin(start_worker, files, module="main").use("f", 0, 0, 0) == (0.0, 0.0, 0)


def test_fresh_imports_the_submission_anew(start_worker: Start) -> None:
    code = "seen = []\ndef f(x):\n    seen.append(x)\n    return list(seen)"
    driver = begin(start_worker, code)

    assert [driver.use("f", 1), driver.use("f", 2)] == [[1], [1, 2]]
    assert driver.use("f", 3, fresh=True) == [3]
    assert driver.use("f", 4, fresh=True) == [4]


def test_fresh_imports_every_file_of_a_package_anew(start_worker: Start) -> None:
    driver = begin(start_worker, PACKAGE, module="shop")
    driver.use("total")

    assert driver.use("total", fresh=True) == ("shop", 0, 1)


# Calls


def test_scenarios_see_the_submission_and_their_arguments(start_worker: Start) -> None:
    source = "def apply(student, x, *rest):\n    return student.f(x), rest\n"
    driver = begin(start_worker, "def f(x): return [x]", scenarios={"apply": source})

    assert driver.call("apply", {1: (2,)}, b"3") == ["answer", ([{1: (2,)}], (b"3",)), "", ""]


def test_an_async_scenario_is_run_in_an_event_loop(start_worker: Start) -> None:
    source = (
        "async def gathered(student, count):\n"
        "    import asyncio\n"
        "    return await asyncio.gather(*(student.f(i) for i in range(count)))\n"
    )
    code = "import asyncio\nasync def f(i):\n    await asyncio.sleep(0)\n    return i"
    driver = begin(start_worker, code, scenarios={"gathered": source})

    for _ in range(2):
        assert driver.call("gathered", 3)[1] == [0, 1, 2]


def test_an_exception_in_an_async_scenario_is_raised(start_worker: Start) -> None:
    source = "async def one(student):\n    return await student.f()\n"
    driver = begin(start_worker, "async def f(): raise LookupError", scenarios={"one": source})

    assert driver.call("one")[1]["type"] == "LookupError"


def test_what_is_not_plain_data_arrives_as_a_description(start_worker: Start) -> None:
    code = "class Always:\n    def __eq__(self, other): return True\ndef f(): return [Always()]"
    (value,) = begin(start_worker, code).use("f")

    assert type(value) is Opaque
    assert value.type_name == "Always"
    assert value.text.startswith("<submission.Always object")
    assert "0x" not in value.text


def test_a_raised_exception_has_only_the_submissions_frames(start_worker: Start) -> None:
    driver = begin(start_worker, "import json\n\ndef f(x):\n    return json.loads(x)\n")
    failure = driver.failure("f", "{")

    assert failure["type"] == "JSONDecodeError"
    assert "builtins.ValueError" in failure["bases"]
    assert failure["frames"] == [["submission.py", 4, "f", "return json.loads(x)"]]
    assert failure["missing"] == ""


@pytest.mark.parametrize(
    ("statement", "type_name"),
    [
        ("import sys; sys.exit(0)", "SystemExit"),
        ("raise SystemExit", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise MemoryError", "MemoryError"),
        ("raise EOFError", "EOFError"),
        ("raise BrokenPipeError", "BrokenPipeError"),
        ("f()", "RecursionError"),
        ("exit()", "SystemExit"),
    ],
)
def test_no_exception_ends_the_test(start_worker: Start, statement: str, type_name: str) -> None:
    code = f"import site\nsite.setquit()\ndef f(): {statement}\ndef g(): return 'still here'"
    driver = begin(start_worker, code)

    assert driver.failure("f")["type"] == type_name
    assert driver.use("g") == "still here"


def test_a_name_that_the_submission_lacks_is_named(start_worker: Start) -> None:
    assert begin(start_worker, "").failure("fibonacci")["missing"] == "fibonacci"


def test_a_name_that_the_submission_itself_does_not_find_is_not_missing(
    start_worker: Start,
) -> None:
    driver = begin(start_worker, "import sys\ndef f(): return sys.modules[__name__].helper")
    failure = driver.failure("f")

    assert (failure["type"], failure["missing"]) == ("AttributeError", "")


def test_memory_is_bounded_and_running_out_of_it_is_reported(start_worker: Start) -> None:
    code = (
        "held = []\n"
        "def fill():\n    held = []\n    while True: held.append(bytes(1000))\n"
        "def keep():\n    while True: held.append(bytes(1000))\n"
        "def size(): return len(bytes(1_000_000))\n"
    )
    driver = start_worker(code, an_order(memory_bytes=48 * MIB)).begin_test()

    for _ in range(2):
        failure = driver.failure("fill")
        assert failure["type"] == "MemoryError"
        assert failure["frames"][0][:3] == ["submission.py", 4, "fill"]
    assert driver.use("size") == 1_000_000
    assert driver.failure("keep")["type"] == "MemoryError"


def test_os_exit_ends_the_test_without_an_answer(start_worker: Start) -> None:
    driver = begin(start_worker, "import os\ndef f(): os._exit(7)")

    assert driver.call("use", "f") == ["ended", 7, True]
    driver.begin_test()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGALRM, signal.SIGINT])
def test_a_signal_that_ends_the_child_is_told_as_a_negative_status(
    start_worker: Start, number: signal.Signals
) -> None:
    code = "import os\ndef f(number): os.kill(os.getpid(), number); return 'lived'"
    driver = begin(start_worker, code)

    assert driver.call("use", "f", int(number)) == ["ended", -number, True]
    driver.begin_test()


@pytest.mark.parametrize("code", ["import os; os.fork()\n", "import os\n"])
def test_a_forked_copy_that_returns_does_not_answer_too(start_worker: Start, code: str) -> None:
    driver = begin(start_worker, code + "def f(): return os.fork() >= 0\ndef g(): return 'g'")

    for _ in range(3):
        assert driver.use("f") is True
    assert driver.use("g") == "g"
    driver.end_test()


def test_a_forked_copy_that_floods_ends_only_itself(start_worker: Start) -> None:
    code = (
        "import os\n"
        "def f():\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        print('x' * 100_000, flush=True)\n"
        "    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])\n"
    )

    assert begin(start_worker, code).use("f") == 0


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("'x' * 2_000_000", "at most"),
        ("b'x' * 2_000_000", "at most"),
        ("list(range(300_000))", "elements"),
        ("nested(200)", "nested"),
        ("round_about()", "nested"),
    ],
)
def test_an_answer_beyond_the_bounds_is_refused_and_the_test_goes_on(
    start_worker: Start, expression: str, why: str
) -> None:
    code = (
        "def nested(depth): return [nested(depth - 1)] if depth else []\n"
        "def round_about():\n    x = []\n    x.append(x)\n    return x\n"
        f"def f(): return {expression}\n"
    )
    driver = begin(start_worker, code)
    kind, reason = driver.call("use", "f")

    assert kind == "unsendable"
    assert why in reason
    assert driver.use("nested", 1) == [[]]


def test_an_answer_up_to_the_limit_crosses(start_worker: Start) -> None:
    driver = begin(start_worker, "def f(n): return 'x' * n", answer_bytes=10_000)

    assert driver.use("f", 10_000) == "x" * 10_000


def test_an_answer_that_takes_all_memory_to_write_is_refused(start_worker: Start) -> None:
    order = an_order(memory_bytes=64 * MIB)
    code = "def f(): return b'x' * 30_000_000\ndef g(): return 'still here'"
    driver = start_worker(code, order).begin_test()

    assert driver.call("use", "f") == ["unsendable", "no memory is left to write it"]
    assert driver.use("g") == "still here"


def test_a_repr_that_raises_does_not_end_the_test(start_worker: Start) -> None:
    code = "class Odd:\n    def __repr__(self): raise ValueError\ndef f(): return Odd()"

    assert begin(start_worker, code).use("f").text == "<Odd object>"


def test_random_numbers_are_the_same_in_each_test_of_a_seed(start_worker: Start) -> None:
    def numbers(seed: int) -> list[list[float]]:
        driver = start_worker("import random\ndef f(): return random.random()", seed=seed)
        drawn = []
        for _ in range(2):
            driver.begin_test()
            drawn.append([driver.use("f"), driver.use("f")])
            driver.end_test()
        return drawn

    first, second = numbers(5)
    assert first == second == numbers(5)[0]
    assert first[0] != first[1]
    assert first != numbers(6)[0]
