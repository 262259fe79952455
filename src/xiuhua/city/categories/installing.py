"""A pack's categories and mappings, compared with what stands and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from xiuhua.city.categories import store
from xiuhua.city.categories.filing_rows import Place
from xiuhua.city.categories.model import Category, CodeMapping, Kind
from xiuhua.city.categories.report import Counts
from xiuhua.city.categories.standards_import import StandardPack, mapping_errors
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid

T = TypeVar("T")


def install_categories(tx: Tx, city: str, pack: StandardPack) -> Counts:
    """Write what is new or changed; raises `Invalid`, also where another pack says otherwise."""
    kept = store.categories(tx, city)
    counts, gone, made = _differ(kept, pack.categories, lambda one: one.key, pack)
    merged = {one.value.key: one.value for one in kept if one.row_no not in gone} | {one.key: one for one in made}
    errors: list[Place] = [
        {"file": "categories.tsv", "row": one.key, "field": "of", "why": f"there is no part {one.of}"}
        for one in pack.categories
        if one.of and f"{one.standard}/{Kind.PART}/{one.of}" not in merged
    ]
    if errors:
        raise Invalid(f"The pack {pack.name} has {len(errors)} errors.", errors=errors)
    store.supersede(tx, city, "categories", gone)
    store.put_categories(tx, city, f"pack:{pack.name}", made)
    return counts


def install_mappings(tx: Tx, city: str, pack: StandardPack) -> Counts:
    """Write what is new or changed; every key must be installed by now. Raises `Invalid`."""
    kept = store.mappings(tx, city)
    counts, gone, made = _differ(kept, pack.mappings, lambda one: (one.old, one.new), pack)
    standing: list[CodeMapping] = [one.value for one in kept if one.row_no not in gone]
    known: dict[str, Category] = {one.value.key: one.value for one in store.categories(tx, city)}
    if errors := mapping_errors([*standing, *made], known):
        raise Invalid(f"The pack {pack.name} has {len(errors)} errors in its mappings.", errors=errors)
    store.supersede(tx, city, "mappings", gone)
    store.put_mappings(tx, city, f"pack:{pack.name}", made)
    return counts


def _differ(
    kept: Sequence[store.Kept[T]], wanted: Iterable[T], key: Callable[[T], Any], pack: StandardPack
) -> tuple[Counts, list[int], list[T]]:
    """Counts, rows to supersede, rows to write. What another pack brought is not ours to change."""
    mine = f"pack:{pack.name}"
    standing = {key(one.value): one for one in kept}
    gone, made, unchanged = [], [], 0
    errors: list[Place] = []
    keys = set()
    for one in wanted:
        keys.add(key(one))
        before = standing.get(key(one))
        if before is not None and before.value == one and not before.origin.startswith("set:"):
            unchanged += 1
        elif before is not None and before.origin.startswith("pack:") and before.origin != mine:
            why = f"{before.origin.removeprefix('pack:')} says otherwise of {key(one)}"
            errors.append({"file": pack.name, "row": str(key(one)), "field": "", "why": why})
        else:
            made.append(one)
            gone += [before.row_no] if before else []
    if errors:
        raise Invalid(f"The pack {pack.name} contradicts another one.", errors=errors)
    left = [one.row_no for one in kept if one.origin == mine and key(one.value) not in keys]
    changed = len(gone)
    return Counts(len(made) - changed, changed, unchanged, len(left)), gone + left, made
