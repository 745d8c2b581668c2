"""A walk as a person sees it: in lines, and on a screen that it never overflows."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from quizdock.core.machine import Machine, Transition
from quizdock.core.walk import Diagram, Listed, Moved, Refused, Remark, Restarted, Sight, Undone, Unknown, Walk
from quizdock.ui.explore import PlainExplore, commands_of, remark_lines, summary_text
from quizdock.ui.explore_screen import InteractiveExplore, sight_view
from quizdock.ui.theme import THEME

PRESS, BREAK = Transition("OFF", "press", "ON"), Transition("ON", "break", "DARK")
LAMP = Diagram(
    "lamp",
    "The [bold]lamp",
    Machine(("OFF", "ON", "DARK"), (PRESS, BREAK, Transition("ON", "press", "OFF")), "OFF", ("DARK",)),
    "[ OFF ] -press-> [ ON ]\n    <-press-  -break-> [ DARK ]",
    {"ON": "It shines\nand warms"},
    {("OFF", "break"): "It is\ndark."},
    {PRESS: "A click.\nA light."},
)
START = Walk(LAMP.machine)


def sight(*steps: Transition, remark: Remark | None = None, diagram: Diagram = LAMP) -> Sight:
    return Sight(diagram, Walk(diagram.machine, steps), remark)


def shown(view: Sight, height: int = 24, width: int = 80) -> list[str]:
    output = io.StringIO()
    console = Console(file=output, width=width, height=height, theme=THEME, highlight=False)
    console.print(sight_view(console, view))
    return [line.rstrip() for line in output.getvalue().splitlines()]


@contextmanager
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


# What is said


@pytest.mark.parametrize(
    ("steps", "remark", "lines"),
    [
        ((), None, []),
        ((PRESS,), Moved(PRESS, "A click.\nA light."), ["press: OFF → ON", "A click.", "A light."]),
        ((), Refused("OFF", "break", ""), ["OFF refuses “break”.", "Possible here: 1 press"]),
        (
            (),
            Refused("OFF", "break", "It is\ndark."),
            ["OFF refuses “break”.", "It is", "dark.", "Possible here: 1 press"],
        ),
        ((), Unknown("pres", "press"), ["There is no event “pres”.", "Did you mean press?"]),
        ((), Unknown("zzz", ""), ["There is no event “zzz”.", "Possible here: 1 press"]),
        ((PRESS,), Listed(), ["Possible here: 1 break · 2 press"]),
        ((PRESS, BREAK), Listed(), ["No event is possible here."]),
        ((), Undone(PRESS), ["Taken back: press."]),
        ((), Undone(None), ["There is nothing to undo."]),
        ((), Restarted(), ["Back at the start."]),
    ],
)
def test_every_line_that_is_typed_is_answered(
    steps: tuple[Transition, ...], remark: Remark | None, lines: list[str]
) -> None:
    assert remark_lines(sight(*steps, remark=remark)) == lines


def test_events_that_are_numbers_are_listed_without_numbers() -> None:
    machine = Machine(("A",), (Transition("A", "1", "A"), Transition("A", "0", "A")), "A")
    listed = Sight(Diagram("m", "M", machine), Walk(machine), Listed())
    assert remark_lines(listed) == ["Possible here: 1 · 0"]


def test_commands_take_a_colon_where_an_event_has_their_letter() -> None:
    diagram = Diagram("m", "M", Machine(("A",), (Transition("A", "u", "A"),), "A"))
    assert commands_of(diagram) == [
        ("?", "possible events"),
        (":u", "undo"),
        ("r", "start again"),
        ("q", "leave"),
    ]


@pytest.mark.parametrize(
    ("steps", "summary"),
    [
        ((), "0 events: OFF"),
        ((PRESS,), "1 event: OFF ─ press → ON"),
        ((PRESS, BREAK), "2 events: OFF ─ press → ON ─ break → DARK"),
    ],
)
def test_the_summary_is_the_path(steps: tuple[Transition, ...], summary: str) -> None:
    assert summary_text(Walk(LAMP.machine, steps)) == summary


# In lines


def test_the_first_lines_name_the_machine_and_the_commands() -> None:
    sink = io.StringIO()
    PlainExplore(io.StringIO(), sink).open(LAMP)
    assert sink.getvalue() == (
        "The [bold]lamp\nType an event. Commands: ? possible events, u undo, r start again, q leave.\n"
    )


def test_a_step_is_told_with_the_state_its_meaning_and_the_drawing() -> None:
    sink = io.StringIO()
    assert PlainExplore(io.StringIO("break\n"), sink).ask(sight(PRESS, remark=Moved(PRESS, "A click."))) == "break\n"
    assert sink.getvalue().splitlines() == [
        "press: OFF → ON",
        "A click.",
        "",
        "State: ON (1 event so far)",
        "It shines",
        "and warms",
        "[ OFF ] -press-> [▶ON◀]",
        "    <-press-  -break-> [ DARK ]",
        "Event:",
    ]


def test_an_end_state_is_called_so() -> None:
    sink = io.StringIO()
    PlainExplore(io.StringIO(), sink).ask(sight(PRESS, BREAK))
    assert sink.getvalue().splitlines()[1:4] == [
        "State: DARK (2 events so far)",
        "DARK is an end state.",
        "No event leads on: u undoes, r starts again.",
    ]


@pytest.mark.parametrize("remark", [Refused("OFF", "break", ""), Unknown("x", ""), Listed(), Undone(None)])
def test_nothing_is_drawn_again_where_the_walk_stays(remark: Remark) -> None:
    sink = io.StringIO()
    PlainExplore(io.StringIO(), sink).ask(sight(remark=remark))
    assert sink.getvalue().splitlines() == [*remark_lines(sight(remark=remark)), "Event:"]


def test_the_end_of_input_is_no_line() -> None:
    assert PlainExplore(io.StringIO(), io.StringIO()).ask(sight()) is None
    assert PlainExplore(io.StringIO("\n"), io.StringIO()).ask(sight()) == "\n"


# On a screen


def test_a_screen_has_the_drawing_in_a_box_with_the_state_marked() -> None:
    assert shown(sight(PRESS, remark=Moved(PRESS, "A click.")), width=50) == [
        " The [bold]lamp                    1 event so far",
        "╭────────────────────────────────────────────────╮",
        "│ [ OFF ] -press-> [▶ON◀]                        │",
        "│     <-press-  -break-> [ DARK ]                │",
        "╰────────────────────────────────────────────────╯",
        " ON  It shines",
        " and warms",
        "",
        " ✓ press: OFF → ON",
        " A click.",
    ]


def test_the_first_screen_says_what_to_do() -> None:
    assert shown(sight())[-1] == " Type an event and press Enter."


@pytest.mark.parametrize(
    ("remark", "line"),
    [
        (Refused("OFF", "break", ""), " ✗ OFF refuses “break”."),
        (Unknown("[red]", ""), " ✗ There is no event “[red]”."),
        (Listed(), " Possible here: 1 press"),
        (Undone(PRESS), " ↶ Taken back: press."),
    ],
)
def test_a_sign_tells_what_came_of_a_line(remark: Remark, line: str) -> None:
    assert line in shown(sight(remark=remark))


LINES = [f"  line {number}" for number in range(1, 40)]
TALL = Diagram("tall", "Tall", LAMP.machine, "\n".join([*LINES, " OFF ", *LINES, " ON ", " DARK "]))


@pytest.mark.parametrize("height", [12, 24, 50])
def test_of_a_high_drawing_the_lines_around_the_state_are_shown(height: int) -> None:
    top, bottom = shown(sight(diagram=TALL), height), shown(sight(PRESS, BREAK, diagram=TALL), height)
    assert len(top) == len(bottom) == height - 1
    assert "▶OFF◀" in top
    assert "▶DARK◀" in bottom


def test_on_the_lowest_of_screens_the_state_is_still_in_sight() -> None:
    assert "▶OFF◀" in shown(sight(diagram=TALL), height=3)


def test_of_a_wide_drawing_the_columns_around_the_state_are_shown() -> None:
    wide = Diagram("wide", "Wide", LAMP.machine, " OFF ".ljust(35, "-") + " ON " + " DARK ".rjust(35, "-"))
    drawings = [shown(sight(*steps, diagram=wide), width=30)[1] for steps in ((), (PRESS,), (PRESS, BREAK))]
    assert drawings == [
        "▶OFF◀-------------------------",
        "--------------▶ON◀------------",
        "------------------------▶DARK◀",
    ]


def test_a_drawing_as_wide_as_decks_may_have_fits_its_box() -> None:
    wide = Diagram("wide", "Wide", LAMP.machine, "OFF ON DARK".ljust(75, "-") + ">")
    assert f"│ {wide.drawing} │" in shown(sight(diagram=wide))
    assert shown(sight(diagram=wide), width=79)[1] == wide.drawing


def test_lines_are_typed_at_the_prompt_and_ctrl_d_ends_them() -> None:
    output = io.StringIO()
    asker = InteractiveExplore(Console(file=output, width=80, height=24, theme=THEME, highlight=False))
    with keyboard() as keys:
        asker.open(LAMP)
        keys.send_text("press\r")
        assert asker.ask(sight()) == "press"
        keys.send_text("\x04")
        assert asker.ask(sight(PRESS)) is None
        keys.send_text("\x03")
        with pytest.raises(KeyboardInterrupt):
            asker.ask(sight(PRESS))
    asker.close(Walk(LAMP.machine, (PRESS,)))
    assert output.getvalue().splitlines()[-1].strip() == "1 event: OFF ─ press → ON"
