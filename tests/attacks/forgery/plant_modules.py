# Expected: double fails
# Tries: leaves modules and compiled files where the next test would import from

import importlib._bootstrap_external
import os
import sys

PLANTED = "def double(number): return 2 * number\ndef echo(text): return 'planted'\ntotal = echo\n"
NAMES = ("sitecustomize", "usercustomize", "json", "random", "hypothesis", "helpers", "site")


def plant(folder):
    """Write source and unchecked compiled files of every name into a folder, and a .pth."""
    main = os.path.splitext(os.path.basename(__file__))[0]
    code = compile(PLANTED, __file__, "exec")
    compiled = importlib._bootstrap_external._code_to_hash_pyc(code, b"\0" * 8, False)
    cache = os.path.join(folder, "__pycache__")
    for name in (main, *NAMES):
        try:
            os.makedirs(cache, exist_ok=True)
            with open(
                os.path.join(cache, f"{name}.{sys.implementation.cache_tag}.pyc"), "wb"
            ) as file:
                file.write(compiled)
            if name != main:
                with open(os.path.join(folder, f"{name}.py"), "w") as file:
                    file.write(PLANTED)
            with open(os.path.join(folder, "planted.pth"), "w") as file:
                file.write("import sitecustomize")
        except OSError:
            pass


def double(number):
    for folder in {os.path.dirname(__file__), os.getcwd(), "/tmp", "/dev/shm", *sys.path}:
        plant(folder)
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
