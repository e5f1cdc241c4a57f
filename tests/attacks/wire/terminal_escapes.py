# Expected: double raises
# Tries: an exception whose text moves the cursor and sets the title


def double(number):
    raise ValueError("\x1b]0;owned\x07\x1b[2J\u202e\x9b31m")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
