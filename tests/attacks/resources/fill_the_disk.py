# Expected: double raises
# Tries: writes a file without end


def double(number):
    with open("big", "wb") as file:
        while True:
            file.write(b"x" * 65536)
            file.flush()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
