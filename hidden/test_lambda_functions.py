"""Hidden tests of the exercise `lambda_functions`."""

from functools import cmp_to_key

from hypothesis import given
from hypothesis import strategies as st

from grader.testing import hint, points, scenario

numbers = st.integers(-9, 9) | st.sampled_from([0.5, -2.5])
changes_of_factors = st.sampled_from(
    [
        "factors.clear()",
        "factors.reverse()",
        "factors.append(7)",
        "factors.insert(0, 7)",
        "factors[:] = [factor + 1 for factor in factors]",
    ]
)


@scenario
def products(student, factors, number, change):
    functions = student.multipliers(factors)
    observed = {"type": type(functions).__name__}
    observed["before"] = [function(number) for function in functions]
    exec(change, {"factors": factors})  # noqa: S102 - one of the texts above
    observed["after"] = [function(number) for function in functions]
    return observed


@points(2)
@hint(
    "This is the type of the result, and what its functions returned for `number`, before and "
    "after the line `change` was run. When does a function look its factor up: as it is made, or "
    "as it is called? And what does it find then?"
)
@given(factors=st.lists(numbers, max_size=4), number=numbers, change=changes_of_factors)
def test_multipliers_have_their_own_factors(factors, number, change):
    """Each function in the list of `multipliers` has its own factor, and keeps it."""
    expected = [factor * number for factor in factors]
    functions = products(factors, number, change)
    assert functions == {"type": "list", "before": expected, "after": expected}


names = st.text("abB", max_size=2)
people = st.fixed_dictionaries({"name": names, "score": st.integers(-9, 99)})
# Few values, so that many records are equal in a field.
tied_people = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "ab", "b"]),
        "score": st.integers(0, 2),
        "e-mail": st.sampled_from(["", "a@b", "b@b"]),
    }
)


def fields_of(keys, at_least=0):
    """Draw some of these keys, in any order and some of them with a `-`."""
    signs_and_keys = st.tuples(st.sampled_from(["", "-"]), st.sampled_from(keys))
    pairs = st.lists(signs_and_keys, min_size=at_least, unique_by=lambda pair: pair[1])
    return pairs.map(lambda pairs: [sign + key for sign, key in pairs])


def expected_records(records, fields):
    """Return the records in the order that the task defines."""

    def compare(record, other):
        for field in fields:
            key = field.removeprefix("-")
            if record[key] != other[key]:
                upwards = -1 if record[key] < other[key] else 1
                return -upwards if field.startswith("-") else upwards
        return 0

    return sorted(records, key=cmp_to_key(compare))


@scenario
def sorted_records(student, records, fields):
    return student.sort_by(records, fields)


@points(1)
@hint(
    "What does the `-` mean, and which key does it stand in front of? Negating a number turns the "
    "order around; what works for strings as well?"
)
@given(
    fields=st.sampled_from([["score"], ["-score"], ["name"], ["-name"]]),
    records=st.lists(
        people,
        max_size=4,
        unique_by=(lambda person: person["name"], lambda person: person["score"]),
    ),
)
def test_sort_by_one_field(fields, records):
    """`sort_by` sorts by one field, of numbers or of strings, upwards and downwards."""
    result = sorted_records(records, fields)
    assert result == expected_records(records, fields)


@points(2)
@hint(
    "Which field has the first say, and when is the next one asked? What in a field tells its "
    "direction, and what the key? Each goes in its own direction, whatever the others do."
)
@given(
    fields=fields_of(["name", "score", "e-mail"], at_least=3),
    records=st.lists(tied_people, max_size=4, unique_by=lambda person: frozenset(person.items())),
)
def test_sort_by_several_fields(fields, records):
    """`sort_by` asks the next field where records are equal; each has its own direction."""
    result = sorted_records(records, fields)
    assert result == expected_records(records, fields)


@points(1)
@hint(
    "Who came first among the records that are equal in the field? Sorting downwards is not the "
    "same as sorting upwards and turning the whole list around."
)
@given(
    fields=st.sampled_from([["score"], ["-score"], []]),
    records=st.lists(tied_people, max_size=4),
)
def test_sort_by_keeps_equal_records_in_order(fields, records):
    """Records that are equal in all fields stay in their order, upwards and downwards."""
    result = sorted_records(records, fields)
    assert result == expected_records(records, fields)


@scenario
def records_and_result(student, records, fields):
    identities = {id(record) for record in records}
    result = student.sort_by(records, fields)
    dicts_of_records = sum(id(record) in identities for record in result)
    result.append("new")
    return {"dicts of records in result": dicts_of_records, "records": records, "fields": fields}


@points(1)
@hint(
    "This is how many of the dicts are in the result, and what is in `records` and `fields` after "
    "`result.append('new')`. What does your function do to the lists that it is given, and which "
    "list does it return?"
)
@given(fields=fields_of(["name", "score"]), records=st.lists(people, max_size=3))
def test_sort_by_leaves_its_arguments_alone(fields, records):
    """`sort_by` returns a new list of the same dicts, and changes nothing that it is given."""
    observed = records_and_result(records, fields)
    assert observed == {
        "dicts of records in result": len(records),
        "records": records,
        "fields": fields,
    }


predicates_of_a_number = st.lists(
    st.sampled_from(
        [
            "lambda number: number > 2",
            "lambda number: number % 3",
            "lambda number: [number]",
            "lambda number: 'no'",
            "lambda number: '' if number else 'yes'",
            "lambda number: None if number == 4 else 1",
        ]
    ),
    max_size=3,
)


@scenario
def answers_about(student, predicates, numbers):
    accepts = student.all_of(*[eval(text) for text in predicates])  # noqa: S307 - as above
    return [repr(accepts(number)) for number in numbers]


@points(1)
@hint(
    "This is the `repr` of what the function returned for each of the `numbers`. Is it true or "
    "false itself, or something that only counts as such? And does the second call still ask all "
    "predicates?"
)
@given(
    predicates=predicates_of_a_number,
    numbers=st.lists(st.integers(0, 6), min_size=1, max_size=3),
)
def test_all_of_answers_true_or_false(predicates, numbers):
    """The function of `all_of` returns `True` if all predicates say yes, and else `False`."""
    functions = [eval(text) for text in predicates]  # noqa: S307 - as above
    answers = answers_about(predicates, numbers)
    assert answers == [repr(all(function(number) for function in functions)) for number in numbers]


values = st.integers(0, 9) | st.sampled_from([None, "a", [1]])


@scenario
def arguments_of_predicates(student, number_of_predicates, positional, named):
    received = []

    def predicate(*args, **kwargs):
        received.append((args, kwargs))
        return True

    student.all_of(*[predicate] * number_of_predicates)(*positional, **named)
    return received


@points(1)
@hint(
    "Each pair shows the arguments, positional and by keyword, that a predicate was called with; "
    "all of them say yes. How does a function take arguments of any number and any name?"
)
@given(
    number_of_predicates=st.integers(1, 3),
    positional=st.lists(values, max_size=3),
    named=st.dictionaries(st.sampled_from(["color", "args", "predicates"]), values, max_size=2),
)
def test_all_of_passes_all_arguments_on(number_of_predicates, positional, named):
    """The function of `all_of` passes all its arguments on to each predicate."""
    received = arguments_of_predicates(number_of_predicates, positional, named)
    assert received == [(tuple(positional), named)] * number_of_predicates


@scenario
def predicates_asked(student, answers):
    asked = []

    def predicate_number(number):
        def predicate(value):
            asked.append(number)
            return answers[number]

        return predicate

    accepts = student.all_of(*[predicate_number(number) for number in range(len(answers))])
    logs = []
    for value in ("first call", "second call"):
        accepts(value)
        logs.append(list(asked))
        asked.clear()
    return logs


@points(1)
@hint(
    "The function is called twice, and each list shows which predicates were asked: 0 is the "
    "first. `answers` is what they say. Once one has said no, is there anything left to ask?"
)
@given(answers=st.lists(st.sampled_from([True, False, 1, 0, "no", "", None]), max_size=4))
def test_all_of_stops_at_the_first_no(answers):
    """The function of `all_of` asks from left to right, and nobody after the first no."""
    refusals = [number for number, answer in enumerate(answers) if not answer]
    expected = list(range(refusals[0] + 1 if refusals else len(answers)))
    assert predicates_asked(answers) == [expected, expected]
