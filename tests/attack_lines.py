"""The pytest plugin of `make attacks`: a line for each attack, and a sum."""

from collections import Counter

import pytest


class AttackLines:
    """Prints what became of each attack, as soon as it is known."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._sums: Counter[tuple[str, str]] = Counter()
        self._seconds = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = dict(report.user_properties)
        if report.when != "call" or "attack" not in properties:
            return
        group, name, sandbox, outcome = properties["attack"]
        seconds = float(properties["seconds"])
        verdict = "as expected" if report.passed else "NOT AS EXPECTED"
        self._sums[sandbox, verdict] += 1
        self._seconds += seconds
        line = f"{group:10} {name:42} {sandbox:11} {verdict:15} {seconds:6.2f} s  {outcome}"
        self._terminal.ensure_newline()
        self._terminal.write_line(line)

    def pytest_terminal_summary(self) -> None:
        for (sandbox, verdict), count in sorted(self._sums.items()):
            self._terminal.write_line(f"{count:4} in {sandbox}: {verdict}")
        self._terminal.write_line(f"{sum(self._sums.values()):4} attacks in {self._seconds:.0f} s")


@pytest.hookimpl(trylast=True)  # when the reporter is there
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        config.pluginmanager.register(AttackLines(terminal))
