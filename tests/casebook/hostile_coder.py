"""A coder that dies, hangs, or grows on marked documents; made in children by name."""

import os
import signal
import time
from pathlib import Path

import msgspec

from casebook.conftest import make_coder

CONFIGURATION = "cfg"


class HostileCoder:
    version = "1"
    configuration = CONFIGURATION

    def __init__(self, marks, slow=0.0):
        self.marks = Path(marks) if marks else None
        self.slow = slow

    def load(self):
        pass

    def code(self, documents):
        for document in documents:
            self._suffer(document.text)
            time.sleep(self.slow)
            yield from make_coder("1")([document])

    def _suffer(self, text):
        if "SEGV" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "HANG" in text:
            time.sleep(600)
        if "GROW" in text:
            bytearray(8_000_000_000)
        if "ONCE" in text and self.marks is not None and not self.marks.exists():
            self.marks.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def make(argument):
    return HostileCoder(*msgspec.msgpack.decode(argument))
