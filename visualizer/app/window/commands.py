"""Every command of the window, each a record; and the few that take more than a line to do.

A switch whose state is remembered is a field of
:class:`visualizer.app.session.state.SessionState` and a record here. What the records refer to is a
:class:`visualizer.app.window.command.CommandContext`, so that no command knows the main window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from visualizer.analysis.plot_kinds import PLOT_KINDS, PlotKind
from visualizer.analysis.veil import OPEN
from visualizer.anatomy.muscle import Side
from visualizer.app.session import looping
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.state import SPEEDS, SYSTEM, ZOOMS
from visualizer.app.widgets.theme import shown_theme
from visualizer.app.window import dialogs
from visualizer.app.window.command import Command, CommandContext, Face, Menu
from visualizer.app.window.export_commands import EXPORT_COMMANDS
from visualizer.app.window.lesson_commands import LESSON_COMMANDS
from visualizer.app.window.panels import Panel
from visualizer.app.window.shortcuts import shortcut_groups
from visualizer.app.window.views import PANELS
from visualizer.catalog.variation import Role
from visualizer.exercise.mass import MassUnit
from visualizer.lifts.base import ViewName
from visualizer.scene.channel import Colours
from visualizer.texts import N_, tr

if TYPE_CHECKING:
    from visualizer.app.timeline.plot.files import PlotFiles

__all__ = ["COMMANDS", "MENUS"]

_STEP_S = 0.05

MENUS: tuple[Menu, ...] = (
    Menu("file", N_("&File")),
    Menu("export", N_("&Export"), inside="file"),
    Menu("variation", N_("&Variation")),
    Menu("compare", N_("&Compare"), inside="variation"),
    Menu("play", N_("&Play")),
    Menu("view", N_("V&iew")),
    Menu("only", N_("Sh&ow alone"), inside="view"),
    Menu("zoom", N_("&Text size"), inside="view"),
    Menu("panels", N_("&Panels"), inside="view"),
    Menu("inspector", N_("I&nspector"), inside="view"),
    Menu("curves", N_("&Curves")),
    Menu("teach", N_("&Teach")),
    Menu("lesson", N_("&Lesson"), inside="teach"),
    Menu("help", N_("&Help")),
)


# ------------------------------------------------------------------------------ what takes longer
def _nudge(by_s: float, context: CommandContext) -> None:
    """Go some seconds further."""
    context.session.nudge(context.session.wanted_s + by_s)


def _to_border(direction: int, context: CommandContext) -> None:
    """Go to the next (1) or previous (−1) border between phases."""
    session, schedule = context.session, context.session.repetition.schedule
    now = session.wanted_s
    session.nudge(schedule.border_after(now) if direction > 0 else schedule.border_before(now))


def _escape(context: CommandContext) -> None:
    """Uncover what a link has hidden, leave the focus, show all again, then deselect the muscle."""
    state, change = context.session.state, context.session.change
    if _hidden_by_a_link(context):
        change(veil=OPEN)
    elif state.focus:
        change(focus=False)
    elif state.alone:
        change(alone=False)
    elif state.only_role is not None:
        change(only_role=None)
    else:
        change(selection=None)


def _hidden_by_a_link(context: CommandContext) -> bool:
    """Return whether something is veiled that no talk and no question will uncover."""
    room = context.classroom
    return bool(context.session.state.veil) and not (room.presenting or room.predicting)


def _next_role(context: CommandContext) -> None:
    """Show the next role alone; after the last one all."""
    roles = [None, *Role]
    index = roles.index(context.session.state.only_role) + 1
    context.session.change(only_role=roles[index % len(roles)], alone=False)


def _change_colours(context: CommandContext) -> None:
    """Let colours mean estimated effort, or roles again."""
    effort = context.session.state.colours is Colours.EFFORT
    context.session.change(colours=Colours.ROLE if effort else Colours.EFFORT)


def _change_speed(steps: int, context: CommandContext) -> None:
    """Play faster (1) or slower (−1)."""
    index = SPEEDS.index(context.session.state.speed) + steps
    if 0 <= index < len(SPEEDS):
        context.session.change(speed=SPEEDS[index])


def _change_zoom(steps: int, context: CommandContext) -> None:
    """Make texts larger (1) or smaller (−1)."""
    index = ZOOMS.index(context.session.state.zoom) + steps
    if 0 <= index < len(ZOOMS):
        context.session.change(zoom=ZOOMS[index])


def _next_curves(context: CommandContext) -> None:
    """Show the next kind of curves; after the last one the first."""
    kinds = list(PLOT_KINDS)
    index = kinds.index(context.session.state.curves) + 1
    context.session.change(curves=kinds[index % len(kinds)])


def _ask_for_the_load(context: CommandContext) -> None:
    """Ask for the load, with what it makes in view: the colours of effort, or the moment."""
    timeline, session = context.timeline, context.session
    if timeline is None:
        return
    before = session.state.curves
    if PLOT_KINDS[before].of_load or session.state.colours is Colours.EFFORT:
        timeline.show_load_panel()
        return
    loaded = next(kind.id for kind in PLOT_KINDS.values() if kind.of_load)

    def give_back() -> None:
        if session.state.curves == loaded:
            session.change(curves=before)

    session.change(curves=loaded)
    panel = timeline.show_load_panel(borrowed=True)
    panel.closed.connect(give_back, Qt.ConnectionType.SingleShotConnection)


def _show_shortcuts(context: CommandContext) -> None:
    groups = shortcut_groups(COMMANDS, MENUS, context.session.state.keys)
    context.open(lambda parent: dialogs.shortcuts(parent, groups))


def _change_keys(context: CommandContext) -> None:
    # not before it is asked for: start-up counts
    from visualizer.app.window.key_page import KeyPage

    context.open(lambda parent: KeyPage(parent, context.session, COMMANDS, MENUS))


def _show_help(context: CommandContext) -> None:
    # not before it is asked for: start-up counts
    from visualizer.app.window.help import help_page

    more = (
        (tr("Tour"), context.tour),
        (tr("Glossary"), partial(_show_glossary, context)),
        (tr("Keyboard shortcuts"), partial(_show_shortcuts, context)),
    )
    context.open(lambda parent: help_page(parent, context.press, more))


def _show_glossary(context: CommandContext) -> None:
    # not before it is asked for: its file is read then
    from visualizer.app.window.help import glossary

    context.open(lambda parent: glossary(parent, context.session.catalog))


def _show_about(context: CommandContext) -> None:
    # not before it is asked for: it looks through what is installed
    from visualizer.app.window.about import about

    context.open(about)


def _find_muscle(context: CommandContext) -> None:
    # not before it is asked for: start-up counts
    from visualizer.app.window.finder import finder

    context.open(lambda parent: finder(parent, context.session))


def _show_method(context: CommandContext) -> None:
    # not before it is asked for: its checks are much code, and start-up counts
    from visualizer.app.inspector.method import method_dialog

    context.open(lambda parent: method_dialog(parent, context.session, context.jobs))


def _face_of_play(context: CommandContext) -> Face:
    return _PAUSE if context.session.state.playing else _PLAY


def _is_dark(context: CommandContext) -> bool:
    return shown_theme(context.session.state.theme) == "dark"


def _in_pounds(context: CommandContext) -> bool:
    return context.session.state.mass_unit is MassUnit.POUND


# ------------------------------------------------------------------- what is alike but for a value
def _side(side: Side, text: str, *, separated: bool = False) -> Command:
    return Command(
        f"side_{side.value}", "variation", Face(text), group="side", separated=separated,
        keys=(f"Shift+{side.value[0].upper()}",),
        run=lambda context: context.chooser.choose_side(side),
        checked=lambda context: context.session.state.side is side,
        visible=lambda context: context.session.one_leg,
    )  # fmt: skip


def _compares(context: CommandContext) -> bool:
    return context.comparing.second is not None


def _stays(context: CommandContext) -> bool:
    other = context.session.state.other
    return other is not None and other.playhead is not None


def _only(role: Role | None, text: str) -> Command:
    return Command(
        f"only_{role.value if role else 'all'}", "only", Face(text), group="only",
        run=lambda context: context.session.change(only_role=role, alone=False),
        checked=lambda context: context.session.state.only_role is role,
    )  # fmt: skip


def _show_tab(tab: InspectorTab, context: CommandContext) -> None:
    """Show a tab of the inspector, and the inspector where it is hidden."""
    if not context.panels.shown("inspector"):
        context.panels.choose("inspector", True)
    context.session.change(tab=tab)


def _tab(tab: InspectorTab, text: str) -> Command:
    return Command(
        f"tab_{tab.value}", "inspector", Face(text), group="tab",
        run=partial(_show_tab, tab), keys=(f"Ctrl+{list(InspectorTab).index(tab) + 1}",),
        checked=lambda context: context.session.state.tab is tab,
    )  # fmt: skip


def _zoom(percent: int, text: str) -> Command:
    return Command(
        f"zoom_{percent}", "zoom", Face(text), group="zoom",
        run=lambda context: context.session.change(zoom=percent),
        checked=lambda context: context.session.state.zoom == percent,
        separated=percent == ZOOMS[0],
    )  # fmt: skip


def _speed(speed: float, text: str) -> Command:
    return Command(
        f"speed_{speed}", "play", Face(text), group="speed",
        run=lambda context: context.session.change(speed=speed),
        checked=lambda context: context.session.state.speed == speed,
    )  # fmt: skip


def _view(view: ViewName, text: str, key: str, tip: str, short: str = "") -> Command:
    return Command(
        f"view_{view.value}", "view", Face(text, tip=tip, short=short), keys=(key,), group="view",
        run=lambda context: context.stage.show_view(view),
        checked=lambda context: context.stage.view_shown is view,
    )  # fmt: skip


def _panel(panel: Panel) -> Command:
    return Command(
        f"panel_{panel.id}", "panels", Face(panel.text, tip=panel.tip), keys=(panel.key,),
        run=lambda context: context.panels.choose(panel.id, not context.panels.shown(panel.id)),
        checked=lambda context: context.panels.shown(panel.id),
        enabled=lambda context: not context.panels.locked(panel.id),
    )  # fmt: skip


def _curves(kind: PlotKind) -> Command:
    return Command(
        f"curves_{kind.id}", "curves", Face(kind.text), group="curves",
        run=lambda context: context.session.change(curves=kind.id),
        checked=lambda context: context.session.state.curves == kind.id,
    )  # fmt: skip


def _plot(name: str, text: str, do: Callable[[PlotFiles], object]) -> Command:
    def run(context: CommandContext) -> None:
        if context.timeline is not None:
            do(context.timeline.files)

    return Command(name, "curves", Face(text), run, separated=name == "copy_plot")


# -------------------------------------------------------------------------------------- the records
_PLAY = Face(N_("&Play"), "play", N_("Run the repetition, or pause it"))
_PAUSE = Face(N_("&Pause"), "pause", N_("Run the repetition, or pause it"))
_HOLD = Face(N_("&Hold the second body"),
             tip=N_("Let it stay at this moment while the first one goes on"))  # fmt: skip
_LET_GO = Face(N_("Let the second body go &on"), tip=N_("At the moment of the first one again"))
_DARK = Face(N_("&Dark theme"), "theme-dark",
             N_("For a desk in a dim room; the light theme is for projectors."))  # fmt: skip
_DARK_IS_ON = Face(N_("&Dark theme"), "theme-light",
                   N_("On now. The light theme is for projectors."))  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    # ---- File
    Command("reload", "file", Face(N_("&Reload data"), tip=N_("Read the data files again")),
            lambda context: context.reload_data(), keys=("Ctrl+R",)),
    Command("copy_link", "file",
            Face(N_("Copy the &link"), tip=N_("A link that shows this moment to others")),
            lambda context: context.classroom.copy_link(), keys=("Ctrl+Shift+C",), separated=True),
    Command("paste_link", "file",
            Face(N_("&Paste a link"), tip=N_("Show the moment of the link in the clipboard")),
            lambda context: context.classroom.paste_link(), keys=("Ctrl+Shift+V",)),
    *EXPORT_COMMANDS,
    Command("quit", "file", Face(N_("&Quit")), lambda context: context.close(),
            keys=("Ctrl+Q",), separated=True),
    # ---- Variation
    _side(Side.LEFT, N_("&Left side works"), separated=True),
    _side(Side.RIGHT, N_("&Right side works")),
    # ---- Compare
    Command("compare", "compare",
            Face(N_("&Compare"), "close", N_("Put a second body beside this one, or leave it")),
            lambda context: context.comparing.toggle(), keys=("C",), separated=True,
            checked=lambda context: context.session.state.other is not None),
    Command("overlaid", "compare",
            Face(N_("&Overlaid"), tip=N_("The second body as an outline over the first one")),
            lambda context: context.session.change(overlaid=not context.session.state.overlaid),
            keys=("Shift+C",), checked=lambda context: context.session.state.overlaid,
            enabled=lambda context: context.comparing.can_overlay),
    Command("compare_stay", "compare", _HOLD,
            lambda context: context.comparing.stay(not _stays(context)), enabled=_compares,
            face_now=lambda context: _LET_GO if _stays(context) else _HOLD),
    # ---- Play
    Command("play", "play", _PLAY, lambda context: context.player.toggle(), keys=("Space",),
            face_now=_face_of_play),
    Command("step_back", "play",
            Face(N_("Step &back"), "step-back", N_("One twentieth of a second earlier")),
            partial(_nudge, -_STEP_S), keys=("Left",), separated=True),
    Command("step_forward", "play",
            Face(N_("Step &forward"), "step-forward", N_("One twentieth of a second later")),
            partial(_nudge, _STEP_S), keys=("Right",)),
    Command("phase_back", "play", Face(N_("To the p&hase’s start")), partial(_to_border, -1),
            keys=("Shift+Left",)),
    Command("phase_forward", "play", Face(N_("To the phase’s e&nd")), partial(_to_border, 1),
            keys=("Shift+Right",)),
    Command("start", "play",
            Face(N_("To the &start"), "to-start", N_("To the start of the repetition")),
            lambda context: context.session.nudge(0.0), keys=("Home",)),
    Command("end", "play", Face(N_("To the &end"), "to-end", N_("To the end of the repetition")),
            lambda context: context.session.nudge(context.session.repetition.schedule.duration_s),
            keys=("End",)),
    Command("loop", "play",
            Face(N_("&Loop"), "loop", N_("Start again when the repetition has ended")),
            lambda context: context.session.change(loop=not context.session.state.loop),
            keys=("R",), checked=lambda context: context.session.state.loop, separated=True),
    Command("loop_phase", "play",
            Face(N_("Loop &this phase"), tip=N_("Play the shown phase again and again")),
            lambda context: context.session.change(
                loop_phase=not context.session.state.loop_phase, marked=None),
            keys=("J",), checked=lambda context: context.session.state.loop_phase),
    Command("mark_start", "play",
            Face(N_("Loop f&rom here"), tip=N_("The marked range that is looped begins here")),
            lambda context: looping.mark_start(context.session, context.session.wanted_s),
            keys=("Ctrl+B",)),
    Command("mark_end", "play",
            Face(N_("Loop t&o here"), tip=N_("The marked range that is looped ends here")),
            lambda context: looping.mark_end(context.session, context.session.wanted_s),
            keys=("Ctrl+E",)),
    Command("unmark", "play",
            Face(N_("Loop all a&gain"), tip=N_("Take the marked range away")),
            lambda context: looping.unmark(context.session),
            enabled=lambda context: context.session.state.marked is not None),
    Command("slower", "play", Face(N_("Slo&wer")), partial(_change_speed, -1),
            keys=("Shift+Down",), separated=True),
    Command("faster", "play", Face(N_("F&aster")), partial(_change_speed, 1), keys=("Shift+Up",)),
    _speed(0.25, N_("Speed ¼×")),
    _speed(0.5, N_("Speed ½×")),
    _speed(1.0, N_("Speed 1×")),
    _speed(2.0, N_("Speed 2×")),
    Command("tempo", "play",
            Face(N_("Te&mpo…"), tip=N_("Seconds of lowering, pause and lift")),
            lambda context: context.transport.show_tempo_panel(), keys=("Ctrl+T",),
            separated=True),
    Command("usual_tempo", "play", Face(N_("&Usual tempo"), tip=N_(
                "Back to the tempo that each variation’s data state")),
            lambda context: context.session.change(tempo=None),
            enabled=lambda context: context.session.state.tempo is not None),
    # ---- View
    _view(ViewName.SIDE, N_("&Side"), "S", N_("From the side")),
    _view(ViewName.FRONT, N_("&Front"), "F", N_("From the front")),
    _view(ViewName.BACK, N_("&Back"), "K", N_("From behind")),
    _view(ViewName.BELOW, N_("Belo&w"), "U", N_("From below and behind")),
    _view(ViewName.THREE_QUARTER, N_("Three-&quarter"), "Q",
          N_("From the side and a little from the front"), short=N_("¾")),
    Command("reset_view", "view",
            Face(N_("&Reset the view"), "reset-view",
                 N_("Back to where the camera was before it was turned or zoomed")),
            lambda context: context.stage.reset_view(), keys=("0",)),
    Command("xray", "view",
            Face(N_("&X-ray"), "xray",
                 N_("See the deep muscles and the bones through the upper ones")),
            lambda context: context.session.change(xray=not context.session.state.xray),
            keys=("X",), checked=lambda context: context.session.state.xray, separated=True),
    Command("labels", "view",
            Face(N_("&Labels"), "labels", N_("Names of the working muscles beside the body")),
            lambda context: context.session.change(labels=not context.session.state.labels),
            keys=("L",), checked=lambda context: context.session.state.labels),
    Command("effort", "view",
            Face(N_("Colour by estim&ated effort"), "effort",
                 N_("Colours say how much of its strength each muscle would need (model), "
                    "not its role"), short=N_("Effort")),
            _change_colours, keys=("Shift+E",),
            checked=lambda context: context.session.state.colours is Colours.EFFORT),
    Command("swelling", "view",
            Face(N_("&Exaggerated swelling"),
                 tip=N_("Let working muscles thicken and thin more than they do, so that one "
                        "sees it")),
            lambda context: context.session.change(swelling=not context.session.state.swelling),
            checked=lambda context: context.session.state.swelling),
    Command("skin", "view",
            Face(N_("S&kin outline"),
                 tip=N_("A faint outline of the body's skin beside the muscles")),
            lambda context: context.session.change(skin=not context.session.state.skin),
            keys=("H",), checked=lambda context: context.session.state.skin),
    Command("find_muscle", "view",
            Face(N_("F&ind a muscle…"), tip=N_("By its name, English or Latin, or from A to Z")),
            _find_muscle, keys=("Ctrl+F",),
            enabled=lambda context: not context.session.state.veil.names),
    Command("focus", "view",
            Face(N_("Fo&cus on the selected muscle"), tip=N_("Come close to it and dim the rest")),
            lambda context: context.session.change(focus=not context.session.state.focus),
            keys=("Z",), checked=lambda context: context.session.state.focus,
            enabled=lambda context: context.session.state.selection is not None),
    _only(None, N_("&All roles")),
    _only(Role.PRIME_MOVER, N_("&Prime movers alone")),
    _only(Role.SYNERGIST, N_("&Synergists alone")),
    _only(Role.STABILIZER, N_("S&tabilizers alone")),
    Command("next_role", "only", Face(N_("&Next role"), tip=N_("Go through the roles, then all")),
            _next_role, keys=("E",), separated=True),
    Command("alone", "only",
            Face(N_("Selected &muscle alone"),
                 tip=N_("Leave colours and marks to the selected muscle")),
            lambda context: context.session.change(alone=not context.session.state.alone),
            keys=("Y",), checked=lambda context: context.session.state.alone,
            enabled=lambda context: context.session.state.selection is not None),
    Command("deselect", "view",
            Face(N_("Deselect the &muscle"), tip=N_("Step back: focus, what is alone, selection")),
            _escape, keys=("Esc",),
            enabled=lambda context: context.session.state.selection is not None
            or context.session.state.only_role is not None or _hidden_by_a_link(context)),
    *(_panel(panel) for panel in PANELS),
    _tab(InspectorTab.NOW, N_("&Now")),
    _tab(InspectorTab.WHY, N_("&Why")),
    _tab(InspectorTab.ANATOMY, N_("&Anatomy")),
    _tab(InspectorTab.EVIDENCE, N_("&Evidence")),
    Command("stage_alone", "panels",
            Face(N_("Stage &alone"), tip=N_("Hide all panels, or bring them back")),
            lambda context: context.panels.stand_alone(not context.panels.alone),
            keys=("A",), checked=lambda context: context.panels.alone, separated=True),
    Command("zoom_in", "zoom", Face(N_("&Larger text")), partial(_change_zoom, 1),
            keys=("Ctrl++", "Ctrl+=")),
    Command("zoom_out", "zoom", Face(N_("&Smaller text")), partial(_change_zoom, -1),
            keys=("Ctrl+-",)),
    Command("zoom_reset", "zoom", Face(N_("&Usual size")),
            lambda context: context.session.change(zoom=ZOOMS[0]), keys=("Ctrl+0",)),
    _zoom(100, N_("&100 %")),
    _zoom(110, N_("110 %")),
    _zoom(125, N_("125 %")),
    _zoom(150, N_("15&0 %")),
    _zoom(175, N_("175 %")),
    _zoom(200, N_("&200 %")),
    Command("dark", "view", _DARK,
            lambda context: context.session.change(theme="light" if _is_dark(context) else "dark"),
            keys=("D",), checked=_is_dark, separated=True,
            face_now=lambda context: _DARK_IS_ON if _is_dark(context) else _DARK),
    Command("system_theme", "view",
            Face(N_("Theme of the s&ystem"), tip=N_("Dark when the system is, light when it is")),
            lambda context: context.session.change(theme=SYSTEM),
            enabled=lambda context: context.session.state.theme != SYSTEM),
    Command("full_screen", "view", Face(N_("F&ull screen")),
            lambda context: context.toggle_full_screen(),
            keys=("F11",), checked=lambda context: context.full_screen),
    # ---- Curves
    *(_curves(kind) for kind in PLOT_KINDS.values()),
    Command("next_curves", "curves",
            Face(N_("&Next curves"), tip=N_("Go through the kinds of curves")), _next_curves,
            keys=("N",), separated=True),
    Command("load", "curves", Face(N_("L&oad…"), tip=N_("Set body mass, bar and band")),
            _ask_for_the_load, keys=("O",)),
    Command("pounds", "curves",
            Face(N_("Masses in poun&ds"), tip=N_("Show and type masses in pounds (lb), not kg")),
            lambda context: context.session.change(
                mass_unit=MassUnit.KILOGRAM if _in_pounds(context) else MassUnit.POUND),
            checked=_in_pounds),
    _plot("copy_plot", N_("&Copy as a picture"), lambda files: files.copy_picture()),
    _plot("copy_plot_table", N_("Copy as a &table"), lambda files: files.copy_table()),
    _plot("save_plot", N_("Save as a &picture…"), lambda files: files.save_picture()),
    _plot("save_plot_table", N_("Save as a ta&ble…"), lambda files: files.save_table()),
    # ---- Teach
    Command("present", "teach",
            Face(N_("P&resent"), tip=N_("Show the body to an audience on another screen")),
            lambda context: context.classroom.start(), keys=("F5",),
            enabled=lambda context: not context.classroom.presenting),
    Command("present_here", "teach",
            Face(N_("Present from &here"),
                 tip=N_("Begin with the stop of the edited lesson that is chosen")),
            lambda context: context.classroom.start_here(), keys=("Shift+F5",),
            enabled=lambda context: context.classroom.editing is not None
            and not (context.classroom.presenting or context.classroom.predicting)),
    Command("predict", "teach",
            Face(N_("&Ask the class"),
                 tip=N_("Hide roles and names, ask a question, then reveal the answer")),
            lambda context: context.classroom.predict(alone=False), keys=("P",),
            enabled=lambda context: not context.classroom.predicting, separated=True),
    Command("predict_alone", "teach",
            Face(N_("&Test yourself"),
                 tip=N_("Answer by yourself, with a score; what was missed comes back")),
            lambda context: context.classroom.predict(alone=True), keys=("Shift+P",),
            enabled=lambda context: not context.classroom.predicting),
    *LESSON_COMMANDS,
    # ---- Help
    Command("help", "help", Face(N_("&Help"), tip=N_("What to do first, and where to find more")),
            _show_help, keys=("F1",)),
    Command("tour", "help", Face(N_("&Tour"), tip=N_("Five steps through the window")),
            lambda context: context.tour()),
    Command("glossary", "help", Face(N_("&Glossary"), tip=N_("The words of the field explained")),
            _show_glossary),
    Command("shortcuts", "help", Face(N_("&Keyboard shortcuts")), _show_shortcuts,
            keys=("Ctrl+F1",)),
    Command("change_keys", "help",
            Face(N_("&Change keys…"), tip=N_("Give a command another key, or none")),
            _change_keys),
    Command("letter_keys", "help",
            Face(N_("&Single-letter keys"),
                 tip=N_("Off, no letter or digit does anything by itself: for speech input")),
            lambda context: context.session.change(
                letter_keys=not context.session.state.letter_keys),
            checked=lambda context: context.session.state.letter_keys),
    Command("method", "help", Face(N_("&Method and limits…")),
            _show_method),
    Command("data_folder", "help", Face(N_("Your data &folder")),
            lambda context: context.open(
                lambda parent: dialogs.data_folder(parent, context.data_folder))),
    Command("problems", "help", Face(N_("&Problems in data files")),
            lambda context: context.open(
                lambda parent: dialogs.problems(parent, context.session.problems))),
    Command("about", "help", Face(N_("&About and licences")),
            _show_about, separated=True),
)  # fmt: skip
