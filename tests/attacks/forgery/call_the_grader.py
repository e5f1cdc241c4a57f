# Expected: double fails
# Tries: looks for the commands and modules of graders, and tells them that all is well

import importlib
import shutil
import subprocess

COMMANDS = (
    ("grade", "submit", "--points", "10"),
    ("feedback-result", "success"),
    ("feedback-grade", "100"),
    ("feedback", "--result", "success", "--grade", "100"),
)
MODULES = {
    "grader.judge.report": "Reporter",
    "grader.results": "Result",
    "inginious_container_api.feedback": "set_grade",
    "gradescope_utils.autograder_utils.decorators": "weight",
}


def double(number):
    for command in COMMANDS:
        if shutil.which(command[0]):
            subprocess.run(command, timeout=0.5)
    for module, name in MODULES.items():
        try:
            getattr(importlib.import_module(module), name)(100)
        except Exception:
            pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
