"""PySide6 6.12.0 drops a reference to True/None on every emit on CPython < 3.12 and aborts."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication


class Source(QObject):
    plain = Signal()
    carrying = Signal(object)


def test_fifty_thousand_emits_keep_the_reference_counts(qapp: QApplication) -> None:
    source = Source()
    seen: list[object] = []
    source.plain.connect(lambda: None)
    source.carrying.connect(seen.append)
    immortal = sys.version_info >= (3, 12)
    before = (sys.getrefcount(None), sys.getrefcount(True))
    for _ in range(50_000):
        source.plain.emit()
        source.carrying.emit(True)
    after = (sys.getrefcount(None), sys.getrefcount(True))
    assert len(seen) == 50_000
    if not immortal:
        # the list holds 50,000 references to True
        assert after[1] - before[1] >= 49_000
        assert after[0] - before[0] > -1_000
