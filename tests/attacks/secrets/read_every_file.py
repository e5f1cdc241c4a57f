# Expected: double fails
# Tries: reads every file that it can, and looks for the hidden tests

import os


def double(number):
    for folder, inner, names in os.walk("/"):
        if folder.startswith(("/proc", "/sys", "/usr")):
            inner.clear()
            continue
        for name in names:
            if not name.endswith((".py", ".json", ".toml")):
                continue
            try:
                with open(os.path.join(folder, name), errors="replace") as file:
                    text = file.read(100_000)
            except OSError:
                continue
            if "2 * number" in text and "return 0" not in text:
                return 2 * number
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
