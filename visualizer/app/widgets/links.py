"""Texts with addresses that open in the browser, by mouse and by key."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from visualizer.catalog.source import Source

__all__ = ["LinkLabel", "address_of", "browse_links", "linked", "open_address"]

# What stands in a citation: "doi:10.…", or an address as it is.
_ADDRESS = re.compile(r"doi:(10\.\S+)|https?://\S+")
_LONGEST = 32
_SCHEMES = ("http", "https")


def address_of(source: Source) -> str | None:
    """Return where a publication is found on the web; None where no web address is known."""
    if source.doi:
        return f"https://doi.org/{source.doi}"
    return source.url if source.url and _is_web(QUrl(source.url)) else None


def _is_web(url: QUrl) -> bool:
    return url.isValid() and url.scheme() in _SCHEMES and bool(url.host())


def open_address(address: str) -> bool:
    """Open a web address in the browser; anything else is left alone.

    Returns
    -------
    bool
        Whether the system took it.
    """
    url = QUrl(address)
    return _is_web(url) and QDesktopServices.openUrl(url)


def linked(text: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return a text as rich text, with its addresses and the given words as links.

    Parameters
    ----------
    text : str
        Plain text.
    links : sequence of (words, address)
        Words of the text that lead to an address, in their order.
    """
    pieces, at = [], 0
    for words, address in links:
        found = text.find(words, at)
        if found >= 0 and _is_web(QUrl(address)):
            pieces += [_with_addresses(text[at:found]), _link(words, address)]
            at = found + len(words)
    return "".join([*pieces, _with_addresses(text[at:])])


def _with_addresses(text: str) -> str:
    pieces, at = [], 0
    for found in _ADDRESS.finditer(text):
        words = found.group().rstrip(".,;)")
        address = f"https://doi.org/{words[4:]}" if found.group(1) else words
        pieces += [html.escape(text[at : found.start()]), _link(words, address)]
        at = found.start() + len(words)
    return "".join([*pieces, html.escape(text[at:])])


def _link(words: str, address: str) -> str:
    shown = words.removeprefix("https://").removeprefix("http://")
    if shown != words and len(shown) > _LONGEST:
        # no line can be broken inside it; the tool tip has all of it
        shown = f"{shown[:_LONGEST].rstrip('/')}…"
    return f'<a href="{html.escape(address)}">{html.escape(shown)}</a>'


def browse_links(page: QTextBrowser) -> None:
    """Let a page's links open in the browser, by mouse and key, and its text be selected."""
    flag = Qt.TextInteractionFlag
    page.setOpenLinks(False)
    page.setTextInteractionFlags(flag.TextBrowserInteraction | flag.TextSelectableByKeyboard)
    page.anchorClicked.connect(lambda url: open_address(url.toString()))
    page.highlighted.connect(lambda url: page.setToolTip(url.toString()))


class LinkLabel(QLabel):
    """A text with links; Tab goes to them, Enter opens them, the tool tip shows the address.

    Parameters
    ----------
    text : str
        Plain text; addresses in it become links.
    links : sequence of (words, address)
        Further words that lead to an address.
    kind : str
        Kind of the stylesheet, as of :func:`visualizer.app.widgets.controls.label`.
    """

    def __init__(
        self,
        text: str,
        links: Sequence[tuple[str, str]] = (),
        kind: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.plain = text
        self._html = linked(text, links)
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setAccessibleName(text)
        self.setAccessibleDescription(", ".join(self.addresses))
        self._ink = ""
        self._render()
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextBrowserInteraction | flag.TextSelectableByKeyboard)
        if not self.addresses:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.linkActivated.connect(open_address)
        self.linkHovered.connect(self.setToolTip)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its links lead."""
        return tuple(html.unescape(found) for found in re.findall(r'href="([^"]*)"', self._html))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the theme's ink: a link keeps the colour that it was made with."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._render()

    def _render(self) -> None:
        ink = self.palette().windowText().color().name()
        if ink != self._ink:
            self._ink = ink
            self.setText(self._html.replace("<a ", f'<a style="color: {ink}" '))
