"""The views of the main window, each a record: what is built, where it stands, what hides it.

Another view is a file with its widget and a record here; its switch, menu entry and key come with
the record. The order is the one in which Tab goes through the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from visualizer.app.inspector.changes import Changes
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.library.library import Library
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.timeline.transport import Transport
from visualizer.app.window.panels import Panel
from visualizer.app.window.top_bar import TopBar
from visualizer.app.window.view import Place, ViewContext, ViewRecord
from visualizer.lifts.base import ViewName
from visualizer.texts import N_

if TYPE_CHECKING:
    from visualizer.app.timeline.timeline import Timeline

__all__ = ["PANELS", "VIEWS"]

# What the transport and the row on the stage show as buttons, in their order.
_TRANSPORT = ("start", "step_back", "play", "step_forward", "end", "loop")
_ON_STAGE = ("xray", "labels", "effort", "reset_view")


def _top_bar(context: ViewContext) -> TopBar:
    compare, predict, present = map(context.action, ("compare", "predict", "present"))
    menus = context.menu("variation"), context.menu("export")
    dark = context.action("dark")
    bar = TopBar(
        context.session, menus[0], compare, predict, present, menus[1], dark, context.window
    )  # fmt: skip
    bar.side_chosen.connect(context.chooser.choose_side)
    return bar


def _library(context: ViewContext) -> Library:
    room = context.classroom
    library = Library(context.session, context.thumbnails, room.find_lessons, context.window)
    library.lessons.opened.connect(room.present_lesson)
    library.lessons.edited.connect(room.edit)
    room.lessons_changed.connect(library.lessons.refresh)
    library.chosen.connect(context.chooser.choose_variation)
    context.chooser.wanted_changed.connect(library.mark)
    library.compared.connect(context.comparing.compare_with)
    return library


def _stage(context: ViewContext) -> BodyPair:
    return BodyPair(context.session, context.scenes, context.comparing, context.window)


def _legend(context: ViewContext) -> LegendView:
    return LegendView(context.session, context.window, context.comparing)


def _stage_bar(context: ViewContext) -> StageBar:
    views = [context.action(f"view_{view.value}") for view in ViewName]
    return StageBar(views, [context.action(name) for name in _ON_STAGE], context.window)


def _chart(context: ViewContext) -> Chart:
    return Chart(context.session, context.scenes, context.window, context.soon)


def _changes(context: ViewContext) -> Changes:
    menu, leave = context.menu("compare"), context.action("compare")
    return Changes(context.session, context.comparing, menu, leave, context.soon, context.window)


def _inspector(context: ViewContext) -> Inspector:
    return Inspector(context.session, context.soon, context.window)


def _transport(context: ViewContext) -> Transport:
    actions = [context.action(name) for name in _TRANSPORT]
    return Transport(context.session, actions, context.window)


def _timeline(context: ViewContext) -> Timeline:
    from visualizer.app.timeline.timeline import Timeline  # half a second: pyqtgraph

    timeline = Timeline(context.session, context.window, context.soon)
    timeline.compare(context.comparing)
    timeline.files.done.connect(context.confirm)
    timeline.files.failed.connect(context.warn)
    return timeline


VIEWS: tuple[ViewRecord, ...] = (
    ViewRecord("top_bar", Place.TOP, _top_bar),
    ViewRecord(
        "library", Place.LEFT, _library,
        Panel("library", N_("&Variations and lessons"), "V",
              N_("Show or hide the lists of variations and lessons"), needs=QSize(1000, 0)),
        begin=Library.begin,
    ),
    ViewRecord("stage", Place.STAGE, _stage),
    ViewRecord("stage_bar", Place.ON_STAGE_TOP, _stage_bar),
    ViewRecord("legend", Place.ON_STAGE_BOTTOM, _legend),
    ViewRecord(
        "changes", Place.RIGHT, _changes,
        Panel("changes", N_("&What changes"), "G",
              N_("Show or hide what changes between two bodies")),
        slow=True,
    ),
    ViewRecord(
        "chart", Place.RIGHT, _chart,
        Panel("chart", N_("&Muscle chart"), "M", N_("Show or hide the standing bodies"),
              needs=QSize(0, 660)),
        share=0.52, slow=True, begin=Chart.begin,
    ),
    ViewRecord(
        "inspector", Place.RIGHT, _inspector,
        Panel("inspector", N_("&Inspector"), "I", N_("Show or hide what is known of the selection"),
              needs=QSize(640, 0)),
        share=0.48, slow=True,
    ),
    ViewRecord(
        "transport", Place.ROW, _transport,
    ),
    ViewRecord(
        "timeline", Place.BELOW, _timeline,
        Panel("timeline", N_("&Timeline"), "T",
              N_("Show or hide curves and lanes; the playback row stays")),
        slow=True, late=True,
    ),
)  # fmt: skip

PANELS: tuple[Panel, ...] = tuple(view.panel for view in VIEWS if view.panel is not None)
