# Attack: writes a file without end
# Expect: test_double=raised test_echo=passed test_total=passed


def double(number):
    with open("big", "wb") as file:
        while True:
            file.write(b"x" * 65536)
            file.flush()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
