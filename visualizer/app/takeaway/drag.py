"""Dragging the picture out of the stage: with Ctrl held, what is dragged is not the body.

The picture is drawn beside the window when the hand begins to move, which takes a moment; the drag
begins when it is there, if the hand still holds it. What is dropped is a picture, a file where one
is wanted, or the link to the moment where only text is; the keyboard copies the picture instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QDir, QEvent, QFile, QMimeData, QObject, QPointF, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["PictureDrag", "Ready", "dragged"]

_SHOWN_PX = 240

# Given (name of the file without its end, link, PNG, what it holds) when the picture is there.
Ready = Callable[[str, str, bytes, QImage], object]


class PictureDrag(QObject):
    """Watches bodies for a drag with Ctrl.

    Parameters
    ----------
    parent : QObject
        Lives as long.
    bodies : callable
        Returns what is watched; None for a second body that is not there.
    allowed : callable
        Returns whether the picture may be taken now.
    draw : callable
        Draws it beside the window and gives it to who asks.
    """

    def __init__(
        self,
        parent: QObject,
        bodies: Callable[[], Iterable[QWidget | None]],
        allowed: Callable[[], bool],
        draw: Callable[[Ready], object],
    ) -> None:
        super().__init__(parent)
        self._bodies = bodies
        self._allowed, self._draw = allowed, draw
        self._from: QPointF | None = None
        self._held: QWidget | None = None
        self._asked = False
        self._folder: QTemporaryDir | None = None
        self.watch()

    def watch(self) -> None:
        """Watch the bodies that are there now."""
        for body in self._bodies():
            if body is not None:
                body.installEventFilter(self)  # one that is watched already stays so

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take a press with Ctrl, and what follows until the button is let go."""
        if not isinstance(event, QMouseEvent) or not isinstance(watched, QWidget):
            return False
        kind, alone = event.type(), Qt.KeyboardModifier.ControlModifier
        left = event.button() is Qt.MouseButton.LeftButton
        if kind is QEvent.Type.MouseButtonPress and left and event.modifiers() == alone:
            if not self._allowed():
                return False
            self._from, self._held, self._asked = event.position(), watched, False
            return True
        if self._from is None:
            return False
        if kind is QEvent.Type.MouseMove:
            if not event.buttons() & Qt.MouseButton.LeftButton:
                self._let_go()  # the release was not seen
                return False
            way = (event.position() - self._from).manhattanLength()
            if not self._asked and way >= QApplication.startDragDistance():
                self._asked = True
                watched.setCursor(Qt.CursorShape.BusyCursor)
                self._draw(self._begin)
            return True
        if kind is QEvent.Type.MouseButtonRelease and left:
            self._let_go()
            return True
        return False

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.unsetCursor()
        self._from = self._held = None

    def _begin(self, stem: str, link: str, png: bytes, image: QImage) -> None:
        """Begin the drag, if the hand still holds the picture."""
        held = self._held
        if held is None:
            return
        self._let_go()
        if self._folder is None:
            self._folder = QTemporaryDir()
            application = QApplication.instance()
            assert application is not None
            # what this process holds at its end is not taken down any more
            application.aboutToQuit.connect(self._folder.remove)
        drag = QDrag(held)
        drag.setMimeData(dragged(stem, link, png, image, QDir(self._folder.path())))
        small = image.scaledToWidth(_SHOWN_PX, Qt.TransformationMode.SmoothTransformation)
        drag.setPixmap(QPixmap.fromImage(small))
        drag.exec(Qt.DropAction.CopyAction)


def dragged(stem: str, link: str, png: bytes, image: QImage, folder: QDir) -> QMimeData:
    """Return what is dropped: a picture, a file with it, and the link to its moment.

    Parameters
    ----------
    stem : str
        Name of the file without its end.
    link : str
        What opens the moment.
    png, image : bytes, QImage
        The picture, as a file and as it is.
    folder : QDir
        Where the file is put; where it cannot be written the picture alone is dropped.
    """
    data, path = QMimeData(), folder.filePath(f"{stem}.png")
    data.setImageData(image)
    data.setData("image/png", png)
    data.setText(link)
    file = QFile(path)
    if file.open(QFile.OpenModeFlag.WriteOnly) and file.write(png) == len(png):
        file.close()
        data.setUrls([QUrl.fromLocalFile(path)])
    return data
