"""A page that tells a pack's procedures: states, actions, clocks, settings, each in both languages.

Such a page lies in `docs/reference/` for the packs of the library; a test holds it to the pack. `refresh`
makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiuhua.packs.common import Setting, Title
from xiuhua.packs.notice import LimitValue, Notice, Recipient, Rung
from xiuhua.packs.pack import Pack
from xiuhua.packs.procedure import Action, ByChoice, ClockSpec, LimitOf, Procedure, State, Track, Who

Row = tuple[str, ...]


def page(pack: Pack) -> str:
    """The page in Markdown."""
    head = pack.head
    lines = [f"# {head.title.en} {head.title.zh}", ""]
    lines += [f"The pack `{head.name}`, told by `xiuhua.packs.describe`: change the pack, not this page.", ""]
    if head.description is not None:
        lines += [head.description.en, ""]
    for name, procedure in pack.procedures.items():
        lines += _procedure(name, procedure)
    if pack.notices:
        lines += [
            "## Notices",
            "",
            *_table(
                ("notice", "中文", "on", "who is told", "also by"),
                map(_notice, *zip(*pack.notices.items(), strict=True)),
            ),
        ]
    return "\n".join(lines).rstrip() + "\n"


def refresh(path: Path, pack: Pack) -> bool:
    """Write the page of a pack; whether anything changed."""
    told = page(pack)
    if path.is_file() and path.read_text(encoding="utf-8") == told:
        return False
    path.write_text(told, encoding="utf-8")
    return True


def _procedure(name: str, procedure: Procedure) -> Iterator[str]:
    yield f"## {procedure.title.en} {procedure.title.zh} `{name}`"
    yield ""
    if procedure.cites:
        yield f"Serves {', '.join(procedure.cites)}."
        yield ""
    for key, track in procedure.tracks.items():
        yield f"### {_heading(key, track)}"
        yield ""
        yield from _table(
            ("state", "中文", "in whose inbox", "urgent by", "by itself"),
            (_state(one, state) for one, state in track.states.items()),
        )
    yield "### Actions"
    yield ""
    yield from _table(
        ("action", "中文", "who", "from → to", "what it needs", "event"),
        (_action(one, action) for one, action in procedure.actions.items()),
    )
    if procedure.clocks:
        yield "### Clocks"
        yield ""
        yield from _table(
            ("clock", "中文", "limit", "calendar of", "runs in", "stands still in", "when it runs again"),
            (_clock(one, clock) for one, clock in procedure.clocks.items()),
        )
    if procedure.settings:
        yield "### Settings"
        yield ""
        yield from _table(
            ("setting", "中文", "what it is", "values", "default"),
            (_setting(one, setting) for one, setting in procedure.settings.items()),
        )


def _table(head: Row, rows: Iterator[Row]) -> Iterator[str]:
    yield _line(head)
    yield "|" + "---|" * len(head)
    yield from map(_line, rows)
    yield ""


def _line(cells: Row) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _heading(key: str, track: Track) -> str:
    if key == "main":
        return "States"
    title = f"{track.title.en} {track.title.zh} " if track.title else ""
    more = ", which goes on when `main` is over" if track.outlives else ""
    return f"Side track: {title}`{key}`{more}"


def _state(name: str, state: State) -> Row:
    urgent = f"`{state.clock}`" if state.clock else _code(state.due)
    timer = f"`{state.timer.do}` at {_code(state.timer.at)}" if state.timer else ""
    waits = f"over: {state.outcome or name}" if state.final else _people(state.waits_for)
    return (f"`{name}` {state.title.en}", state.title.zh, waits, urgent, timer)


def _action(name: str, action: Action) -> Row:
    begins = "new" if action.creates else ", ".join(action.from_)
    on = "" if action.on == "main" else f"{action.on}: "
    way = f"{on}{begins} → {action.to or '(stays)'}"
    if action.while_:
        way += f"; while {', '.join(action.while_)}"
    if action.not_while:
        way += f"; not while {', '.join(action.not_while)}"
    return (f"`{name}` {action.title.en}", action.title.zh, _people(action.by), way, _needs(action), action.event)


def _needs(action: Action) -> str:
    fields = [
        f"`{name}`{'' if one.required is True else ' (if wanted)' if one.required is False else ' (at times)'}"
        for name, one in action.fields.items()
    ]
    reason = ["a reason"] if action.backward else []
    return "; ".join([", ".join([*reason, *fields])] * bool(reason or fields) + [_said(action)] * bool(action.requires))


def _said(action: Action) -> str:
    return "else: " + " ".join(f"“{one.otherwise.en}”" for one in action.requires)


def _people(everybody: list[Who]) -> str:
    return ", ".join(map(_who, everybody))


def _who(who: Who) -> str:
    said = f"{who.role} anywhere" if who.anywhere else who.role
    if who.unit is not None:
        said += f" of {_code(who.unit)}"
    if who.person is not None:
        said += f", {_code(who.person)} only"
    if who.when is not None:
        said += f", when {_code(who.when)}"
    return said


def _clock(name: str, clock: ClockSpec) -> Row:
    again = clock.on_reentry if isinstance(clock.on_reentry, str) else _source(clock.on_reentry)
    return (
        f"`{name}` {clock.title.en}", clock.title.zh, _source(clock.limit), clock.calendar_of,
        _places(clock.runs_in), _places(clock.pauses_in), again,
    )  # fmt: skip


def _source(source: LimitOf) -> str:
    return f"setting `{source.setting}`" if source.setting else _code(source.value)


def _places(listed: list[str] | ByChoice) -> str:
    if isinstance(listed, ByChoice):
        choices = "; ".join(f"{choice}: {', '.join(states)}" for choice, states in listed.choices.items())
        return f"by `{listed.setting}`: {choices}"
    return ", ".join(listed)


def _setting(name: str, setting: Setting) -> Row:
    values = ", ".join(setting.of) if setting.of else setting.type
    return (
        f"`{name}`",
        setting.title.zh,
        _with_help(setting.title, setting.help),
        values,
        f"`{_plain(setting.default)}`",
    )


def _with_help(title: Title, more: Title | None) -> str:
    return f"{title.en}: {more.en}" if more else title.en


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['amount']} {value['kind']}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


def _notice(name: str, notice: Notice) -> Row:
    told = ", ".join(map(_recipient, notice.to)) or "; ".join(map(_rung, notice.ladder))
    urgent = " (urgent)" if notice.urgent else ""
    return f"`{name}` {notice.title.en}", notice.title.zh, notice.on, told + urgent, ", ".join(notice.also)


def _rung(rung: Rung) -> str:
    when = (
        f"at {_amount(rung.share)} %" if rung.share else f"after {_amount(rung.after)}" if rung.after else "at its end"
    )
    again = f", again every {_amount(rung.every)}" if rung.every else ""
    return f"{when}: {', '.join(map(_recipient, rung.to))}{again}"


def _amount(value: LimitValue | str | int | None) -> str:
    return f"{value.amount} {value.kind}" if isinstance(value, LimitValue) else f"`{value}`"


def _recipient(one: Recipient) -> str:
    if one.waiting:
        return "whose turn it is"
    return f"`{one.person}`" if one.person else f"{one.role}{f' at `{one.unit}`' if one.unit else ''}"
