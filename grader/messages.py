"""Every sentence that a student may read, and the one way to make text of theirs harmless.

A sentence says what happened in the student's own terms. It never quotes a hidden test.
"""

import re

MAX_VALUE_CHARACTERS = 400

_ADDRESS = re.compile(r"( object|<function .{1,200}?) at 0x[0-9a-f]+>")

# How an author is told of a test that raised; what follows is the exception.
TEST_RAISED = "the hidden test raised "


def inert(text: str) -> str:
    """Return `text` with every character that could do something in a terminal made visible.

    Line breaks and tabs stay. What else is not printable by `str.isprintable` becomes an escape
    such as \\x1b: controls, bidirectional overrides, zero width, lone surrogates, every separator
    but the space (so that a no-break space is not taken for one).
    """
    return _escaped(text, kept="\n\t")


def inert_line(text: str) -> str:
    """Return `text` as `inert` does, on one line: line breaks and tabs are escapes, too.

    For a name in a line of ours, which could else go on with a line of its own.
    """
    return _escaped(text, kept="")


def _escaped(text: str, kept: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in kept
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def show(value: object) -> str:
    """Return a plain value as in source code, cut to MAX_VALUE_CHARACTERS."""
    try:
        text = repr(value)
    except ValueError:  # an int beyond Python's limit on decimal digits
        text = hex(value) if isinstance(value, int) else "<a value with a very large number>"
    # An address would differ from run to run, and tells nobody anything.
    return cut(_ADDRESS.sub(r"\1>", text))


def cut(text: str) -> str:
    """Return `text`, with its middle replaced where it is too long to be read."""
    left_out = len(text) - MAX_VALUE_CHARACTERS
    if left_out <= 0:
        return text
    half = MAX_VALUE_CHARACTERS // 2
    return f"{text[:half]} ... ({left_out} characters left out) ... {text[-half:]}"


def _seconds(seconds: float) -> str:
    return f"{seconds:g} s"


def _size(size: int) -> str:
    for unit, factor in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if size >= factor and size % factor == 0:
            return f"{size // factor} {unit}"
    return f"{size} bytes"


def failed() -> str:
    """Return the sentence for a wrong answer."""
    return "Your code gave a wrong answer."


def inconsistent() -> str:
    """Return the sentence for answers that change although the question does not."""
    return (
        "Your code gave different answers to the same calls. Something is kept from one call to "
        "the next (a global variable, a default argument, a shared object) or left to chance."
    )


def unusable(error: str) -> str:
    """Return the sentence for an answer of a kind that the test cannot work with."""
    return f"Your code gave a value of the wrong kind, which led to {error}."


def raised(type_name: str, message: str) -> str:
    """Return the sentence for an exception that should not have been raised."""
    return f"Your code raised {_exception(type_name, message)}."


def raised_instead(type_name: str, message: str, expected: str) -> str:
    """Return the sentence for an exception of another type or text than was asked for."""
    return f"Your code raised {_exception(type_name, message)}, where {expected} was expected."


def not_raised(expected: str) -> str:
    """Return the sentence for an exception that should have been raised."""
    return f"Your code raised nothing, where {expected} was expected."


def _exception(type_name: str, message: str) -> str:
    return f"{type_name}: {message}".removesuffix(".") if message else type_name


def timed_out(seconds: float) -> str:
    """Return the sentence for a test that took too long."""
    return f"Your code had not finished after {_seconds(seconds)}. Does it loop for ever?"


def submission_timed_out(seconds: float) -> str:
    """Return the sentence for a test that came when the whole submission's time was used up."""
    return f"The {_seconds(seconds)} for all tests together were used up before this one."


def out_of_memory(size: int) -> str:
    """Return the sentence for a test that took too much memory."""
    return f"Your code used more than the {_size(size)} of memory that it may."


def crashed(how: str) -> str:
    """Return the sentence for a process that ended before it had answered."""
    return f"Your code ended the Python process ({how}) before it had answered."


def exited(status: int) -> str:
    """Return how a process ended, in a few words."""
    return f"exit status {status}" if status >= 0 else f"signal {-status}"


def bad_reply(reason: str) -> str:
    """Return the sentence for bytes that are no answer."""
    return f"What came back in the place of an answer could not be read: {reason}."


def too_much_to_judge() -> str:
    """Return the sentence for answers that it takes the judge too long, or too much, to look at."""
    return (
        "Your code's answers took more time or memory to be looked at than there is for it; those "
        "of the model solution did not."
    )


def answer_too_large(reason: str) -> str:
    """Return the sentence for an answer beyond the bounds."""
    return f"Your code's answer is too large to be read: {reason}."


def too_much_output(size: int) -> str:
    """Return the sentence for printing without end."""
    return f"Your code printed more than {_size(size)} in one call."


def missing_name(name: str) -> str:
    """Return the sentence for a name that the exercise asks for and the file does not have."""
    return f"Your file has no `{name}`."


def not_utf8(line: int) -> str:
    """Return the sentence for a file that is no text."""
    return f"Your file is not UTF-8 text (line {line}); save it with the encoding UTF-8."


def other_encoding(encoding: str) -> str:
    """Return the sentence for a file that declares another encoding."""
    return f"Your file declares the encoding {encoding}; only UTF-8 is accepted."


def too_large(limit: int) -> str:
    """Return the sentence for a file beyond the size that is read."""
    return f"Your file has more than {_size(limit)}, which is the most that is accepted."


def nul_byte(line: int) -> str:
    """Return the sentence for a file with a NUL byte, which Python does not read."""
    return f"Your file has a NUL byte in line {line}; is it a text file?"


def syntax_error(message: str, line: int, column: int, code: str) -> str:
    """Return the sentence for a file that is not Python, with the line and a caret below it."""
    where = f" in line {line}" if line else ""
    sentence = f"Your file cannot be read as Python: {message}{where}."
    stripped = code.lstrip()
    if not stripped:
        return sentence
    before = stripped[: max(0, column - 1 - (len(code) - len(stripped)))]
    # Tabs stay tabs, so that the caret stands below its character however wide they are shown.
    blanks = "".join("\t" if character == "\t" else " " for character in before)
    pointer = f"\n    {blanks}^" if column else ""
    return f"{sentence}\n    {stripped}{pointer}"


def import_raised(type_name: str, message: str) -> str:
    """Return the sentence for an exception while the file is imported."""
    if type_name == "SystemExit":
        return "Your file calls sys.exit() (or raises SystemExit) while it is imported."
    return f"Importing your file raised {_exception(type_name, message)}."


def import_failed(how: str) -> str:
    """Return the sentence for an import that came to no end of the usual kind."""
    return f"Importing your file did not work: {how[0].lower()}{how[1:]}"


def not_judged() -> str:
    """Return the sentence that stands with a test that is not graded through no fault of theirs."""
    return "This test could not be judged. That is not your fault and costs you no points."


def missing_file(name: str) -> str:
    """Return the sentence for a folder without the file that is imported."""
    return f"Your folder has no file {name}."
