# Expected: double times out
# Tries: makes files without end


def double(number):
    number = 0
    while True:
        number += 1
        try:
            open(f"file{number}", "w").close()
        except OSError:
            pass


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
