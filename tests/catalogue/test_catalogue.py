"""The reader as a whole: what a right catalogue gives, and that a wrong one is reported in full."""

import datetime
import json
import re
import string
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from banks import FILES, TWO_SECTIONS, Report, with_exercise, write_bank
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bank import Bank, Exercise
from grader.catalogue import read_bank
from grader.errors import BankError
from grader.limits import MIB, Limits


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return read_bank(write_bank(tmp_path, TWO_SECTIONS))


# A catalogue that is right


def test_sections_and_exercises_keep_the_order_of_the_catalogue(bank: Bank) -> None:
    assert [(section.id, section.title) for section in bank.sections] == [
        ("L2", "Intermediate"),
        ("L3", "Advanced"),
    ]
    assert [exercise.id for exercise in bank.exercises] == ["decorators", "iterators", "blog"]
    assert [exercise.section for exercise in bank.exercises] == ["L2", "L2", "L3"]


def test_an_exercise_of_one_file_has_the_defaults_and_its_four_paths(
    bank: Bank, tmp_path: Path
) -> None:
    assert bank.find("decorators") == Exercise(
        id="decorators",
        title="Write two decorators",
        section="L2",
        files=("decorators.py",),
        stub=tmp_path / "exercises/decorators.py",
        hidden_test=tmp_path / "hidden/test_decorators.py",
        reference=tmp_path / "solutions/decorators.py",
        wrong_dir=tmp_path / "solutions/wrong/decorators",
        image="core",
        limits=Limits(),
        preload=(),
    )
    assert bank.find("decorators").module == "decorators"
    assert not bank.find("decorators").is_folder


def test_an_exercise_of_several_files_is_a_folder(bank: Bank, tmp_path: Path) -> None:
    blog = bank.find("blog")
    assert blog.is_folder
    assert blog.module == "blog"
    assert blog.files == ("app.py", "views/posts.py")
    assert (blog.stub, blog.reference) == (tmp_path / "exercises/blog", tmp_path / "solutions/blog")
    assert (blog.image, blog.preload) == ("web", ("flask", "sqlalchemy.orm"))


def test_one_file_in_a_folder_makes_a_folder(tmp_path: Path) -> None:
    catalog = with_exercise('files = ["package/core.py"]')
    names = ("exercises/decorators/package/core.py", "solutions/decorators/package/core.py")
    exercise = read_bank(write_bank(tmp_path, catalog, (*names, *FILES))).find("decorators")
    assert exercise.is_folder
    assert exercise.stub == tmp_path / "exercises/decorators"


def test_a_folder_may_have_data_files_beside_its_modules(tmp_path: Path) -> None:
    files = ("app.py", "templates/base.html", "static/style.min.css", "Makefile")
    catalog = with_exercise(f"files = {json.dumps(files)}")
    names = (
        f"{folder}/decorators/{name}" for folder in ("exercises", "solutions") for name in files
    )
    exercise = read_bank(write_bank(tmp_path, catalog, (*names, *FILES))).find("decorators")
    assert exercise.files == files
    assert exercise.is_folder


def test_the_limits_of_the_catalogue_change_only_those_it_names(bank: Bank) -> None:
    expected = Limits().replace({"test_seconds": 5, "memory_bytes": 512 * MIB})
    assert bank.find("iterators").limits == expected


@pytest.mark.parametrize(
    "image",
    [
        *("core", "tools", "web", "python:3.13-slim", "localhost:5000/team/python_3:1"),
        *("registry.example/a/b", f"python@sha256:{'0' * 64}", f"python:3@sha256:{'a' * 64}"),
    ],
)
def test_an_image_may_be_a_target_or_a_reference(tmp_path: Path, image: str) -> None:
    root = write_bank(tmp_path, with_exercise(f'image = "{image}"'))
    assert read_bank(root).find("decorators").image == image


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + TWO_SECTIONS.replace("\n", "\r\n").encode()
    assert len(read_bank(write_bank(tmp_path, content)).exercises) == 3


def test_a_section_may_wait_for_its_exercises(tmp_path: Path) -> None:
    bank = read_bank(write_bank(tmp_path, '[[section]]\nid = "L9"\ntitle = "Later"'))
    assert bank.exercises == ()


def test_the_root_of_a_bank_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bank(tmp_path, TWO_SECTIONS)
    monkeypatch.chdir(tmp_path)
    bank = read_bank(Path("."))
    assert bank.root == tmp_path
    assert bank.find("blog").stub.is_absolute()


def test_the_catalogue_of_this_bank_has_its_exercises_in_order() -> None:
    catalog = Path(__file__).parents[2] / "exercises/catalog.toml"
    document = tomllib.loads(catalog.read_text(encoding="utf-8"))
    ids = {
        section["id"]: [exercise["id"] for exercise in section["exercise"]]
        for section in document["section"]
    }
    assert ids["L2"] == [
        *("list_comprehensions", "lambda_functions", "map_filter_reduce"),
        *("decorators", "generators", "list_vs_tuple", "shallow_vs_deep_copy"),
        *("global_and_nonlocal", "classes_and_objects", "inheritance_and_polymorphism"),
        *("dunder_methods", "iterators", "context_managers", "regular_expressions"),
        "json_and_csv",
    ]
    assert ids["L3"] == ["metaclasses"]


# One mistake in an exercise: the lines, the place inside the exercise, the value shown, the message

MISTAKES = [
    ("titel = 'x'", "titel", '"x"', "unknown key; .* did you mean title"),
    ("image = 3", "image", "3", "text in quotes"),
    ("image = 'My Image'", "image", '"My Image"', "an image such as"),
    ("image = '-rm'", "image", '"-rm"', "an image such as"),
    ("image = ''", "image", '""', "an image such as"),
    (f"image = '{'a-' * 240}'", "image", f'"{"a-" * 28}...', "an image such as"),
    ("files = 'decorators.py'", "files", '"decorators.py"', "list in square brackets"),
    ("files = []", "files", "[]", "must not be empty"),
    ("files = [true]", "files[0]", "true", "text in quotes"),
    ("files = ['/etc/a.py']", "files[0]", '"/etc/a.py"', "relative"),
    ("files = ['C:/a.py']", "files[0]", '"C:/a.py"', "relative"),
    ("files = ['a.py', '../b.py']", "files[1]", '"../b.py"', 'leave .* with "..'),
    ("files = ['a.py', 'b/../../c.py']", "files[1]", '"b/../../c.py"', 'leave .* with "..'),
    (r"files = ['a\b.py']", "files[0]", r'"a\\b.py"', "backslash"),
    ("files = ['a.txt']", "files", '["a.txt"]', "one file that ends in .py"),
    (
        "files = ['a.txt', 'b/c.html']",
        "files",
        '["a.txt", "b/c.html"]',
        "one file that ends in .py",
    ),
    ("files = ['a.py', '.env']", "files[1]", '".env"', "letters, digits"),
    ("files = ['a.py', 'b/.git/c.txt']", "files[1]", '"b/.git/c.txt"', "letters, digits"),
    ("files = ['a.py', 'b.txt.']", "files[1]", '"b.txt."', "letters, digits"),
    ("files = ['a.py', 'b c.txt']", "files[1]", '"b c.txt"', "letters, digits"),
    ("files = ['a.py', 'templates/']", "files[1]", '"templates/"', "letters, digits"),
    ("files = ['a.py', '/etc/hosts']", "files[1]", '"/etc/hosts"', "relative"),
    ("files = ['a.py', '../b.html']", "files[1]", '"../b.html"', 'leave .* with "..'),
    ("files = ['a.b.py', 'c.py']", "files[0]", '"a.b.py"', "letters, digits"),
    ("files = ['a//b.py']", "files[0]", '"a//b.py"', "letters, digits"),
    ("files = ['./b.py']", "files[0]", '"./b.py"', "letters, digits"),
    ("files = ['.py']", "files[0]", '".py"', "letters, digits"),
    (r'files = ["a\u0000.py"]', "files[0]", r'"a\u0000.py"', "letters, digits"),
    (r'files = ["a.py\n"]', "files[0]", r'"a.py\n"', "letters, digits"),
    ("files = ['main.py']", "files", '["main.py"]', "called decorators.py"),
    ("limits = 5", "limits", "5", "a table such as"),
    ("limits = { test_seconds = -1 }", "limits.test_seconds", "-1", "a number above 0$"),
    ("limits = { test_seconds = nan }", "limits.test_seconds", "nan", "a number above 0$"),
    ("limits = { test_seconds = true }", "limits.test_seconds", "true", "must be a number"),
    ("limits = { test_seconds = [1] }", "limits.test_seconds", "[1]", "must be a number"),
    ("limits = { memory_bytes = '9GB' }", "limits.memory_bytes", '"9GB"', "must be a size"),
    (
        f"limits = {{ memory_bytes = '{'9' * 70}' }}",
        "limits.memory_bytes",
        f'"{"9" * 56}...',
        "a size such as",
    ),
    (
        f"limits = {{ memory_bytes = 0x{'f' * 9000} }}",
        "limits.memory_bytes",
        "a number of more than 64 bits",
        "larger than any",
    ),
    ("limits = { processes = 1.5 }", "limits.processes", "1.5", "a whole number above 0$"),
    ("limits = { memory = 5 }", "limits.memory", "5", "is no limit; the limits are"),
    ("limits = { 'a b' = 5 }", 'limits."a b"', "5", "is no limit"),
    (f"limits.a{'.a' * 1100} = 5", "limits.a", "a table", "must be a number"),
    ("preload = 'flask'", "preload", '"flask"', "list in square brackets"),
    ("preload = ['flask', 'a-b']", "preload[1]", '"a-b"', "name of a module"),
    ("preload = ['flask.import']", "preload[0]", '"flask.import"', "name of a module"),
    ("preload = ['.flask']", "preload[0]", '".flask"', "name of a module"),
    ("preload = ['decorators.x']", "preload[0]", '"decorators.x"', "name of the exercise"),
    ("preload = [[[[1]]]]", "preload[0]", "[[[...]]]", "text in quotes"),
    ("image = 1979-05-27", "image", "1979-05-27", "text in quotes"),
]


@pytest.mark.parametrize(("lines", "place", "value", "message"), MISTAKES)
def test_a_mistake_in_an_exercise_is_reported_with_place_value_and_message(
    problems_of: Report, lines: str, place: str, value: str, message: str
) -> None:
    # The mistake decides which files are expected; only their absence is of no interest here.
    problems = [
        problem
        for problem in problems_of(with_exercise(lines))
        if not problem.message.endswith("is missing")
    ]
    assert [(problem.place, problem.value) for problem in problems] == [
        (f'section[0] "L2" > exercise[0] "decorators" > {place}', value)
    ]
    assert re.search(message, problems[0].message)


def test_no_mistake_hides_another(problems_of: Report) -> None:
    catalog = """
        version = 1
        [[section]]
        id = "L2"
        [[section.exercise]]
        id = "decorators"
        limits = { test_seconds = 0, memory_bytes = -1, cpus = 2 }
        [[section.exercise]]
        id = "iterators"
        title = 3
        files = ["../a.py", "/b.txt"]
        [[section]]
        id = "L2"
        title = "Again"
        [[section.exercise]]
        id = "decorators"
        title = "Again"
        image = "!"
        [[section.exercise]]
        id = "unwritten"
        title = "Without files"
        colour = "red"
    """
    second = 'section[1] "L2" > exercise[1] "unwritten"'
    assert [problem.place for problem in problems_of(catalog)] == [
        "version",
        'section[0] "L2" > title',
        'section[0] "L2" > exercise[0] "decorators" > title',
        'section[0] "L2" > exercise[0] "decorators" > limits.test_seconds',
        'section[0] "L2" > exercise[0] "decorators" > limits.memory_bytes',
        'section[0] "L2" > exercise[1] "iterators" > title',
        'section[0] "L2" > exercise[1] "iterators" > files[0]',
        'section[0] "L2" > exercise[1] "iterators" > files[1]',
        'section[1] "L2" > id',
        'section[1] "L2" > exercise[0] "decorators" > image',
        'section[1] "L2" > exercise[0] "decorators" > id',
        f"{second} > colour",
        *(second, second, second),
    ]


# Whatever stands in the file, read_bank gives a bank or a report


@pytest.fixture(scope="module")
def scratch_bank() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_bank(Path(folder), "")


def bank_or_report(root: Path) -> Bank | BankError:
    try:
        return read_bank(root)
    except BankError as error:
        return error


def assert_bank_or_report(root: Path, catalog: bytes) -> None:
    (root / "exercises/catalog.toml").write_bytes(catalog)
    answer = bank_or_report(root)
    if isinstance(answer, Bank):
        assert answer.sections
        return
    assert answer.problems
    for problem in answer.problems:
        assert str(problem).isprintable()
        assert problem.message
        assert len(problem.value) <= 60


NAMES = "section exercise id title image files limits preload test_seconds processes memory_bytes"
keys = st.sampled_from(NAMES.split()) | st.text(max_size=5)
texts = st.sampled_from(["decorators", "blog", "L2", "app.py", "512MiB", "web"]) | st.text()
numbers = st.integers() | st.floats() | st.integers(min_value=2**63, max_value=2**300)
leaves = texts | numbers | st.booleans() | st.dates() | st.datetimes() | st.times()
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
exercises = st.fixed_dictionaries(
    {"id": texts},
    optional={
        "title": values,
        "files": values | st.lists(texts),
        "limits": values | st.dictionaries(keys, leaves),
        "preload": values | st.lists(texts),
        "nonsense": values,
    },
)
sections = st.fixed_dictionaries(
    {"id": texts}, optional={"title": texts, "exercise": st.lists(exercises | values) | values}
)
documents = st.dictionaries(keys, values, max_size=4) | st.fixed_dictionaries(
    {"section": st.lists(sections | values, max_size=3)}
)


def to_toml(value: object) -> str:
    """Write a value as inline TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            pairs = (f"{to_toml(key)} = {to_toml(item)}" for key, item in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case list():
            return f"[{', '.join(map(to_toml, value))}]"
        case datetime.date() | datetime.time():
            return value.isoformat()
    return str(value)


@settings(deadline=None, database=None)
@given(document=documents)
def test_any_toml_document_gives_a_bank_or_a_report(
    scratch_bank: Path, document: dict[str, object]
) -> None:
    lines = [f"{to_toml(key)} = {to_toml(value)}\n" for key, value in document.items()]
    text = "".join(lines)
    assert tomllib.loads(text).keys() == document.keys()
    assert_bank_or_report(scratch_bank, text.encode())


@settings(deadline=None, database=None)
@given(content=st.binary() | st.text(alphabet=string.punctuation + "a1 \n\x1b").map(str.encode))
def test_any_bytes_give_a_bank_or_a_report(scratch_bank: Path, content: bytes) -> None:
    assert_bank_or_report(scratch_bank, content)


@settings(deadline=None, database=None)
@given(start=st.integers(0, len(TWO_SECTIONS)), length=st.integers(0, 40), instead=st.text())
def test_any_slip_in_a_right_catalogue_gives_a_bank_or_a_report(
    scratch_bank: Path, start: int, length: int, instead: str
) -> None:
    catalog = TWO_SECTIONS[:start] + instead + TWO_SECTIONS[start + length :]
    assert_bank_or_report(scratch_bank, catalog.encode())


@settings(deadline=None, database=None, max_examples=50)
@given(mistakes=st.lists(st.sampled_from(range(len(MISTAKES))), unique=True, max_size=8))
def test_of_several_wrong_exercises_each_mistake_is_reported(
    scratch_bank: Path, mistakes: list[int]
) -> None:
    catalog = '[[section]]\nid = "L1"\ntitle = ""\n'  # the blank title makes sure of a report
    for number in mistakes:
        lines = MISTAKES[number][0].replace("decorators", f"number_{number}")
        catalog += f'[[section.exercise]]\nid = "number_{number}"\ntitle = "x"\n{lines}\n'
    (scratch_bank / "exercises/catalog.toml").write_text(catalog, encoding="utf-8")
    with pytest.raises(BankError) as caught:
        read_bank(scratch_bank)
    places = {problem.place for problem in caught.value.problems}
    for position, number in enumerate(mistakes):
        tail = MISTAKES[number][1]
        assert f'section[0] "L1" > exercise[{position}] "number_{number}" > {tail}' in places
