# Expected: double fails
# Tries: imports pytest, where there is one, and makes every report a pass
# Harmless


def patch():
    import _pytest.reports
    import _pytest.runner
    import pytest

    genuine = _pytest.reports.TestReport.from_item_and_call.__func__

    def passed(cls, item, call):
        report = genuine(cls, item, call)
        report.outcome, report.longrepr = "passed", None
        return report

    _pytest.reports.TestReport.from_item_and_call = classmethod(passed)
    _pytest.runner.call_and_report = lambda item, when, **options: None
    pytest.Function.runtest = lambda self: None
    pytest.Session.testsfailed = property(lambda self: 0, lambda self, count: None)


def double(number):
    try:
        patch()
    except ImportError:
        pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
