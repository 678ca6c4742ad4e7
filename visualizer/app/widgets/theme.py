"""How a window looks: palette, one stylesheet, sizes of type and spacing, icons.

A theme belongs to a window and is inherited by what is in it and by its dialogs, as palette and
stylesheet are: two windows of one session can have different ones. Views ask :func:`theme_of`.
All colours come from the themes of :mod:`visualizer.scene.palette`. The interface is neutral; role
colours belong to muscles alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from visualizer.scene.palette import THEMES, Theme, theme

__all__ = [
    "BODY_PX",
    "CAPTION_PX",
    "HEADING_PX",
    "RADIUS_PX",
    "TITLE_PX",
    "apply_theme",
    "blend",
    "dress",
    "font",
    "icon",
    "motion_ms",
    "px",
    "set_zoom",
    "shown_theme",
    "theme_of",
    "tint",
    "unzoomed",
    "zoom",
]

# At 100 %; what is drawn asks px().
CAPTION_PX, BODY_PX, HEADING_PX, TITLE_PX = 12, 14, 18, 24
RADIUS_PX = 6
_ICON_PX = 20
# Nothing that is pressed in a dialog or a popover is lower than this, so that a finger hits it.
_TARGET_PX = 32
_CAMERA_MS = 250
_THEME = "theme"  # property of a window


# How large texts and what stands beside them are; the same in all windows, as the system's is.
_zoom = 1.0


def set_zoom(percent: int) -> None:
    """Make texts larger, 100 for the usual size; what is built afterwards takes it."""
    global _zoom  # one size for the application, as its font is
    _zoom = percent / 100.0


def zoom() -> float:
    """Return how large texts are, 1 for the usual size."""
    return _zoom


def px(length: float) -> int:
    """Return a size of type, or of what holds type, in pixels at the zoom of texts."""
    return round(length * _zoom)


@contextmanager
def unzoomed() -> Iterator[None]:
    """Give texts their usual size for a while: pictures for documents do not depend on it."""
    before = round(100.0 * _zoom)
    set_zoom(100)
    try:
        yield
    finally:
        set_zoom(before)


def dress(percent: int = 100) -> None:
    """Give the application its style and font, which no theme changes, at a zoom of texts.

    Before a window is made: it takes its font from the application's.
    """
    set_zoom(percent)
    QApplication.setStyle("Fusion")
    QApplication.setFont(font(px(BODY_PX)))


def apply_theme(window: QWidget | QApplication, name: str) -> None:
    """Give a window, and all that is in it, a theme; the application for what is in no window.

    Parameters
    ----------
    window : QWidget or QApplication
        What gets it.
    name : str
        The theme, or any other word for the one that the system has now.
    """
    tint(window, name)
    window.setStyleSheet(_stylesheet(theme(shown_theme(name))))


def tint(window: QWidget | QApplication, name: str) -> None:
    """Give a window the colours of a theme, all that its parts ask for while they are made.

    The stylesheet comes with :func:`apply_theme`, best when the parts stand in their places: each
    of them is given it anew, with all that is in it, whenever it is put into another one.
    """
    name = shown_theme(name)
    window.setProperty(_THEME, name)
    window.setPalette(_palette(theme(name)))


def shown_theme(name: str) -> str:
    """Return the theme of a name; for any other word the one that the system has now."""
    if name in THEMES:
        return name
    dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def theme_of(widget: QWidget) -> Theme:
    """Return the theme of the window that a widget is in, or belongs to; light where none is."""
    around: QWidget | None = widget
    while around is not None:
        name = around.property(_THEME)
        if name:
            return theme(name)
        around = around.parentWidget()
    return theme("light")


@cache
def _base_family() -> tuple[str, ...]:
    return tuple(QApplication.font().families())


def font(size_px: int, *, bold: bool = False) -> QFont:
    """Return the platform's font in a size, with figures of equal width."""
    return QFont(_font(size_px, bold))  # a copy, for whoever changes it


@cache
def _font(size_px: int, bold: bool) -> QFont:
    made = QFont(list(_base_family()))
    made.setPixelSize(size_px)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def blend(below: str, above: str, share: float) -> QColor:
    """Return ``share`` 0 … 1 of one colour on top of another."""
    a, b = QColor(below), QColor(above)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


def motion_ms(widget: QWidget) -> int:
    """Return how long the camera moves, in milliseconds; 0 where motion is to be reduced."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return _CAMERA_MS if widget.style().styleHint(hint, None, widget) > 0 else 0


def icon(name: str, colour: str) -> QIcon:
    """Return one of our icons in a colour, as large as the texts beside it.

    Parameters
    ----------
    name : str
        File name in ``icons/`` without suffix.
    colour : str
        ``#rrggbb``; disabled icons are drawn fainter.
    """
    return _icon(name, colour, px(_ICON_PX))


@cache
def _icon(name: str, colour: str, size: int) -> QIcon:
    svg = (resources.files("visualizer.app") / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("#000000", colour).encode()))
    made = QIcon()
    for ratio in (1, 2, 3):
        for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, 0.35)):
            pixmap = QPixmap(size * ratio, size * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setOpacity(opacity)
            renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            made.addPixmap(pixmap, mode)
    return made


def _palette(look: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, look.panel),
        (role.Base, look.panel),
        (role.AlternateBase, look.raised),
        (role.Button, look.raised),
        (role.ToolTipBase, look.raised),
        (role.WindowText, look.text),
        (role.Text, look.text),
        (role.ButtonText, look.text),
        (role.ToolTipText, look.text),
        (role.BrightText, look.text),
        (role.PlaceholderText, look.secondary),
        (role.Mid, look.hairline),
        (role.Midlight, look.hairline),
        (role.Light, look.raised),
        (role.Dark, look.secondary),
        (role.Link, look.text),
        (role.LinkVisited, look.text),
        (role.Highlight, look.text),
        (role.HighlightedText, look.panel),
        (role.Accent, look.text),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.secondary))
    return palette


def _stylesheet(look: Theme) -> str:
    pressed = blend(look.panel, look.text, 0.14).name()
    over = blend(look.panel, look.text, 0.07).name()
    thumb = blend(look.panel, look.text, 0.28).name()
    plate = "#d9" + look.stage_top.removeprefix("#")
    # what is below a stylesheet takes no palette from its window, so it gets its colours by rule
    return f"""
    QWidget {{ color: {look.text}; selection-background-color: {look.text};
        selection-color: {look.panel}; }}
    QMainWindow, QMenuBar, QWidget#zone {{ background: {look.panel}; }}
    QMenuBar {{ padding: 0 8px; spacing: 0; }}
    QMenuBar::item {{ padding: 4px 8px; background: transparent; border-radius: 4px; }}
    QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {over}; color: {look.text}; }}
    QMenu {{ background: {look.panel}; color: {look.text}; border: 1px solid {look.hairline};
        padding: 4px 0; }}
    QMenu::item {{ padding: 4px 24px 4px 28px; }}
    QMenu::item:selected {{ background: {over}; color: {look.text}; }}
    QMenu::item:disabled {{ color: {look.secondary}; }}
    QMenu::separator {{ height: 1px; background: {look.hairline}; margin: 4px 0; }}
    QToolTip {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.hairline};
        padding: 4px 8px; }}
    QSplitter::handle {{ background: {look.hairline}; }}
    QScrollArea, QScrollArea > QWidget > QWidget#page {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: 8px; background: transparent; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {thumb}; border-radius: 3px; min-height: 32px;
        margin: 0 2px 0 0; }}
    QScrollBar:horizontal {{ height: 8px; background: transparent; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {thumb}; border-radius: 3px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QLabel[kind="caption"] {{ font-size: {px(CAPTION_PX)}px; color: {look.secondary}; }}
    QLabel[kind="figure"] {{ font-size: {px(CAPTION_PX)}px; }}
    QLabel[kind="secondary"] {{ color: {look.secondary}; }}
    QLabel[kind="heading"] {{ font-size: {px(HEADING_PX)}px; font-weight: 600; }}
    QLabel[kind="title"] {{ font-size: {px(TITLE_PX)}px; font-weight: 600; }}
    QLabel[kind="strong"] {{ font-weight: 600; }}
    QLabel[kind="badge"] {{ font-size: {px(CAPTION_PX)}px; color: {look.secondary};
        border: 1px solid {look.hairline}; border-radius: 4px; padding: 0 4px; }}
    QFrame#hairline {{ background: {look.hairline}; border: none; }}
    QToolButton, QPushButton {{ border: 2px solid transparent; border-radius: {RADIUS_PX}px;
        padding: 2px 6px; background: transparent; color: {look.text}; }}
    QToolButton:hover, QPushButton:hover {{ background: {over}; }}
    QToolButton:pressed, QPushButton:pressed {{ background: {pressed}; }}
    QToolButton:checked {{ background: {pressed}; }}
    QToolButton:focus, QPushButton:focus {{ border-color: {look.ring}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {look.secondary}; }}
    QToolButton#theme:checked {{ background: transparent; }}
    QToolButton#theme:checked:hover {{ background: {over}; }}
    QToolButton#variation {{ font-size: {px(HEADING_PX)}px; font-weight: 600; }}
    QToolButton#compared {{ font-weight: 600; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QWidget#stagebar {{ background: {plate}; border-radius: {RADIUS_PX}px; }}
    QWidget#stagebar QToolButton, QWidget#stagebar QPushButton {{ color: {look.secondary}; }}
    QWidget#stagebar QToolButton:hover, QWidget#stagebar QPushButton:hover,
    QWidget#stagebar QToolButton:checked, QWidget#stagebar QPushButton:checked {{
        color: {look.text}; }}
    QToolButton[kind="quiet"] {{ font-size: {px(CAPTION_PX)}px; color: {look.secondary};
        padding: 0 4px; border-width: 1px; border-radius: 4px; }}
    QToolButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:focus {{ color: {look.text}; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ color: {look.secondary}; padding: 4px 9px; border: 2px solid transparent;
        border-bottom: 2px solid {look.hairline}; }}
    QTabBar::tab:hover {{ color: {look.text}; }}
    QTabBar::tab:selected {{ color: {look.text}; border-bottom-color: {look.text}; }}
    QTabBar::tab:focus {{ border-color: {look.ring}; border-radius: 4px; }}
    QToolButton[kind="plain"] {{ border: 1px solid {look.hairline}; padding: 3px 8px; }}
    QToolButton[kind="plain"]:focus {{ border: 2px solid {look.ring}; padding: 2px 7px; }}
    QToolButton[kind="fold"] {{ text-align: left; padding: 2px 4px; font-weight: 600; }}
    QFrame#choice {{ border: 1px solid {look.hairline}; border-radius: {RADIUS_PX}px; }}
    QPushButton[kind="choice"] {{ border-radius: 5px; padding: 1px 7px; }}
    QPushButton[kind="choice"]:checked {{ background: {pressed}; }}
    QPushButton[kind="row"] {{ text-align: left; padding: 2px 6px; }}
    QPushButton[kind="small"] {{ font-size: {px(CAPTION_PX)}px; border: 1px solid {look.hairline};
        border-radius: 4px; padding: 2px 8px; }}
    QPushButton[kind="small"]:focus {{ border: 2px solid {look.ring}; padding: 1px 7px; }}
    QPushButton[kind="plain"] {{ border: 1px solid {look.hairline}; padding: 4px 12px; }}
    QPushButton[kind="plain"]:focus {{ border: 2px solid {look.ring}; padding: 3px 11px; }}
    QFrame#popover {{ background: {look.panel}; border: 1px solid {look.hairline}; }}
    QLineEdit {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.hairline};
        border-radius: 4px; padding: 3px 6px; selection-background-color: {look.text};
        selection-color: {look.panel}; }}
    QLineEdit:focus {{ border: 2px solid {look.ring}; padding: 2px 5px; }}
    QSlider {{ min-height: {px(20)}px; }}
    QSlider::groove:horizontal {{ height: {px(4)}px; border-radius: {px(4) // 2}px;
        background: {look.hairline}; }}
    QSlider::sub-page:horizontal {{ border-radius: {px(4) // 2}px; background: {look.secondary}; }}
    QSlider::handle:horizontal {{ width: {px(12)}px; margin: -{px(5)}px 0; background: {look.panel};
        border: 2px solid {look.secondary}; border-radius: {px(12) // 2 + 1}px; }}
    QSlider::handle:horizontal:hover {{ border-color: {look.text}; }}
    QSlider::handle:horizontal:focus {{ border-color: {look.ring}; background: {look.ring}; }}
    QAbstractSpinBox {{ background: {look.raised}; color: {look.text}; }}
    QAbstractSpinBox QLineEdit {{ background: transparent; border: none; border-radius: 0;
        border-bottom: 1px solid {look.secondary}; padding: 0 4px; }}
    QAbstractSpinBox QLineEdit:focus {{ border: none; border-bottom: 2px solid {look.ring};
        padding: 0 4px; }}
    QPlainTextEdit[kind="field"] {{ background: {look.raised}; border-radius: 4px;
        border: 1px solid {look.hairline}; padding: 1px 2px; }}
    QPlainTextEdit[kind="field"]:focus {{ border: 2px solid {look.ring}; padding: 0 1px; }}
    QCheckBox::indicator {{ width: {px(12)}px; height: {px(12)}px; background: {look.panel};
        border: 2px solid {look.secondary}; border-radius: 3px; }}
    QCheckBox::indicator:checked {{ background: {look.text}; border-color: {look.text}; }}
    QCheckBox::indicator:focus {{ border-color: {look.ring}; }}
    QCheckBox::indicator:disabled {{ border-color: {look.hairline}; }}
    QCheckBox::indicator:checked:disabled {{ background: {look.secondary}; }}
    QDialog QPushButton[kind="plain"], QFrame#popover QPushButton[kind="plain"] {{
        min-height: {_TARGET_PX - 10}px; }}
    QDialog QPushButton[kind="choice"], QFrame#popover QPushButton[kind="choice"] {{
        min-height: {_TARGET_PX - 6}px; }}
    QDialog QComboBox {{ min-height: {_TARGET_PX - 8}px; }}
    QDialog QCheckBox {{ min-height: {_TARGET_PX}px; spacing: {px(6)}px; }}
    QComboBox QAbstractItemView {{ background: {look.panel}; color: {look.text};
        border: 1px solid {look.hairline}; selection-background-color: {pressed};
        selection-color: {look.text}; }}
    QComboBox {{ background: {look.raised}; border: 1px solid {look.hairline};
        border-radius: 4px; padding: 3px 6px; }}
    QComboBox:focus {{ border: 2px solid {look.ring}; padding: 2px 5px; }}
    QComboBox::drop-down {{ border: none; width: {px(22)}px; }}
    QComboBox::down-arrow {{ image: none; }}
    QRadioButton::indicator {{ width: {px(12)}px; height: {px(12)}px; background: {look.panel};
        border: 2px solid {look.secondary}; border-radius: {px(12) // 2 + 2}px; }}
    QRadioButton::indicator:focus {{ border-color: {look.ring}; }}
    QRadioButton::indicator:checked {{ border-color: {look.text};
        background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 {look.text}, stop: 0.55 {look.text}, stop: 0.65 {look.panel}); }}
    QRadioButton::indicator:disabled {{ border-color: {look.hairline}; }}
    QListView#stops {{ border: 1px solid {look.hairline}; border-radius: 4px; outline: 0;
        background: {look.panel}; }}
    QListView#stops:focus {{ border: 2px solid {look.ring}; }}
    QListView#stops::item {{ padding: 2px 4px; border-radius: 4px; color: {look.text}; }}
    QListView#stops::item:hover {{ background: {over}; }}
    QListView#stops::item:selected {{ background: {pressed}; color: {look.text}; }}
    QListView#lessons {{ border: 2px solid transparent; border-radius: 6px; outline: 0;
        background: transparent; }}
    QListView#lessons:focus {{ border-color: {look.ring}; }}
    QListView#lessons::item {{ padding: 4px 6px; border-radius: 4px; color: {look.text}; }}
    QListView#lessons::item:hover {{ background: {over}; }}
    QListView#lessons::item:selected {{ background: {pressed}; color: {look.text}; }}
    QWidget#banner {{ background: {look.raised}; }}
    QWidget#banner[afloat="true"] {{ border: 1px solid {look.secondary}; border-radius: 6px; }}
    QMessageBox, QDialog {{ background: {look.panel}; }}
    QTableView {{ outline: 0; border: 1px solid {look.hairline}; background: {look.panel};
        alternate-background-color: {look.raised}; selection-background-color: {pressed};
        selection-color: {look.text}; font-size: {px(CAPTION_PX)}px; }}
    QTableView::item {{ padding: 4px 6px; border-bottom: 1px solid {look.hairline}; }}
    QTableView::item:focus {{ border: none; border-bottom: 1px solid {look.hairline};
        background: {pressed}; color: {look.text}; }}
    QHeaderView::section {{ background: {look.raised}; color: {look.secondary}; border: none;
        border-bottom: 1px solid {look.hairline}; padding: 4px 6px;
        font-size: {px(CAPTION_PX)}px; font-weight: 600; }}
    QPlainTextEdit[readOnly="true"], QTextBrowser {{ border: none; background: {look.panel}; }}
    """
