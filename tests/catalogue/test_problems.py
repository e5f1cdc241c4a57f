"""Mistakes that only show when tables are compared, or when the files are looked for."""

from pathlib import Path

from banks import FILES, TWO_SECTIONS, Report


def test_the_second_section_of_an_id_is_reported_and_names_the_first(problems_of: Report) -> None:
    (problem,) = problems_of(TWO_SECTIONS.replace('"L3"', '"L2"'))
    assert problem.place == 'section[1] "L2" > id'
    assert 'section[0] "L2"' in problem.message


def test_the_second_exercise_of_an_id_is_reported_and_names_the_first(problems_of: Report) -> None:
    catalog = TWO_SECTIONS + '[[section.exercise]]\nid = "iterators"\ntitle = "Again"\n'
    (problem,) = problems_of(catalog)
    assert problem.place == 'section[1] "L3" > exercise[1] "iterators" > id'
    assert 'section[0] "L2" > exercise[1] "iterators"' in problem.message


def test_a_file_that_is_listed_twice_is_reported(problems_of: Report) -> None:
    catalog = TWO_SECTIONS.replace('["app.py", ', '["app.py", "app.py", ')
    (problem,) = problems_of(catalog)
    assert problem.place == 'section[1] "L3" > exercise[0] "blog" > files[1]'
    assert "already" in problem.message


def test_each_missing_file_is_a_problem_of_its_own(problems_of: Report) -> None:
    problems = problems_of(TWO_SECTIONS, ())
    assert [problem.message for problem in problems] == [
        "the hidden test hidden/test_decorators.py is missing",
        "the stub exercises/decorators.py is missing",
        "the reference solutions/decorators.py is missing",
        "the hidden test hidden/test_iterators.py is missing",
        "the stub exercises/iterators.py is missing",
        "the reference solutions/iterators.py is missing",
        "the hidden test hidden/test_blog.py is missing",
        "the stub exercises/blog/app.py is missing",
        "the stub exercises/blog/views/posts.py is missing",
        "the reference solutions/blog/app.py is missing",
        "the reference solutions/blog/views/posts.py is missing",
    ]
    assert problems[0].place == 'section[0] "L2" > exercise[0] "decorators"'


def test_a_folder_in_the_place_of_a_file_counts_as_missing(
    problems_of: Report, tmp_path: Path
) -> None:
    (tmp_path / "solutions/decorators.py").mkdir(parents=True)
    files = tuple(name for name in FILES if name != "solutions/decorators.py")
    (problem,) = problems_of(TWO_SECTIONS, files)
    assert problem.message == "the reference solutions/decorators.py is missing"


def test_a_missing_data_file_is_reported_like_a_module(problems_of: Report) -> None:
    problems = problems_of(TWO_SECTIONS.replace('["app.py", ', '["app.py", "templates/a.html", '))
    assert [problem.message for problem in problems] == [
        "the stub exercises/blog/templates/a.html is missing",
        "the reference solutions/blog/templates/a.html is missing",
    ]
