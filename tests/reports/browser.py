"""Opens pages in a headless Chromium, by its DevTools protocol over two pipes.

https://chromedevtools.github.io/devtools-protocol/ describes the messages. With
`--remote-debugging-pipe` the browser reads them from descriptor 3 and writes to descriptor 4, each
a JSON text that ends with a NUL byte.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 60.0  # for one answer; a page takes a tenth of one


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Tab:
    """One open page; `said` are the console's messages, `asked` the addresses that were requested.

    An address that holds its own content (data:) is none that is requested.
    """

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer
        self._received = b""
        self._number = 0
        self._session: str | None = None
        self._loaded = False
        self.said: list[str] = []
        self.asked: list[str] = []

    def start(self) -> None:
        """Open an empty page and listen to everything that it says and asks for."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Security"):
            self.call(f"{domain}.enable")

    def open(self, file: Path, width: int, *, height: int = 900, is_dark: bool = False) -> None:
        """Show a file in a window of this many pixels, and wait until it is loaded."""
        self.said.clear()
        self.asked.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self._loaded = False
        self.call("Page.navigate", url=file.as_uri())
        while not self._loaded:
            self._receive()

    def value_of(self, expression: str) -> Any:
        """Return what a JavaScript expression gives in the page, as plain data."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """Return what the window shows, as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a request and return its result."""
        self._number += 1
        request = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            request["sessionId"] = self._session
        os.write(self._writer, json.dumps(request).encode() + b"\0")
        while (message := self._receive()).get("id") != self._number:
            pass
        assert "error" not in message, f"{method}: {message['error']}"
        result: dict[str, Any] = message["result"]
        return result

    def _receive(self) -> dict[str, Any]:
        """Return the next message, and keep what it tells."""
        end = time.monotonic() + SECONDS
        while b"\0" not in self._received:
            ready, _, _ = select.select([self._reader], [], [], max(0, end - time.monotonic()))
            chunk = os.read(self._reader, 1 << 16) if ready else b""
            assert chunk, "the browser does not answer"
            self._received += chunk
        first, _, self._received = self._received.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        self._keep(message.get("method", ""), message.get("params", {}))
        return message

    def _keep(self, event: str, told: dict[str, Any]) -> None:
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Log.entryAdded":
            self.said.append(f"{told['entry']['level']}: {told['entry']['text']}")
        elif event in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.said.append(json.dumps(told))
        elif event == "Network.requestWillBeSent":
            address = told["request"]["url"]
            if not address.startswith("data:"):
                self.asked.append(address)


@contextmanager
def open_tab(program: str) -> Iterator[Tab]:
    """Start a browser with a profile of its own, and end it afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        child = _start(program, profile, theirs_in, theirs_out)
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            tab = Tab(ours_in, ours_out)
            tab.start()
            yield tab
        finally:
            os.close(ours_out)
            os.close(ours_in)
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _start(program: str, profile: str, reader: int, writer: int) -> int:
    """Start the browser in a process group of its own and return its id."""
    arguments = [
        *(program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}"),
        *("--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
        *("--disable-background-networking", "--disable-component-update"),
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # the browser refuses to have one for root
    # Copies above 10, so that none of the two is overwritten by the other.
    copies = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (reader, writer)]
    nowhere = os.open(os.devnull, os.O_RDWR)
    ends = [(os.POSIX_SPAWN_DUP2, nowhere, number) for number in (0, 1, 2)]
    pipes = [(os.POSIX_SPAWN_DUP2, one, number) for one, number in zip(copies, (3, 4), strict=True)]
    try:
        return os.posix_spawn(
            program, arguments, os.environ, file_actions=[*ends, *pipes], setpgroup=0
        )
    finally:
        for one in (nowhere, *copies):
            os.close(one)
