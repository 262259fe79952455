"""Settings: their defaults fit, and what hangs on a choice names exactly its values."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.packs.common import Setting
from xiuhua.packs.problems import Path, Problem, did_you_mean, hint_for
from xiuhua.packs.procedure import ByChoice, Procedure
from xiuhua.packs.shape import shown
from xiuhua.packs.validate.scene import Scene
from xiuhua.packs.values import setting_wrong


def check(scene: Scene) -> Iterator[Problem]:
    """Every setting of every procedure, and every use of one as a choice."""
    for name, procedure in scene.pack.procedures.items():
        base: Path = ("procedures", name)
        for key, setting in procedure.settings.items():
            yield from _setting(scene, (*base, "settings", key), setting)
    for part in scene.parts:
        if isinstance(part.value, ByChoice):
            yield from _by_choice(scene, part.path, part.value, scene.pack.procedures[str(part.path[1])])


def _setting(scene: Scene, path: Path, setting: Setting) -> Iterator[Problem]:
    if setting.type == "choice":
        if not setting.of or len(setting.of) < 2:
            yield scene.problem(path, "choice_without_values", at_key=True)
            return
        if len(set(setting.of)) < len(setting.of):
            yield scene.problem((*path, "of"), "value_twice")
    elif setting.of is not None:
        yield scene.problem((*path, "of"), "of_without_choice", at_key=True)
    wrong = setting_wrong(setting, setting.default)
    if wrong:
        near = did_you_mean(str(setting.default), setting.of or [])
        hint = hint_for(near) if wrong == "not_one_of" else ""
        yield scene.problem(
            (*path, "default"), wrong, hint=hint, found=shown(setting.default), near=near["near"], known=near["known"]
        )


def _by_choice(scene: Scene, path: Path, by_choice: ByChoice, procedure: Procedure) -> Iterator[Problem]:
    setting = procedure.settings.get(by_choice.setting)
    if setting is None:
        yield scene.unknown((*path, "setting"), "setting", by_choice.setting, procedure.settings)
        return
    if setting.type != "choice":
        yield scene.problem((*path, "setting"), "setting_type", name=by_choice.setting, wanted="choice")
        return
    values = set(setting.of or ())
    for value in by_choice.choices:
        if value not in values:
            yield scene.unknown((*path, "choices", value), "value", value, values, at_key=True)
    if missing := values - set(by_choice.choices):
        listed = ", ".join(sorted(missing))
        yield scene.problem((*path, "choices"), "choices_missing", at_key=True, missing=listed, name=by_choice.setting)
