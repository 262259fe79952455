"""The Rust library of expressions, without the package around it.

Importing `cel` brings its command line as well (a prompt, colours, the search for the user's shell): 0.15 s and ten
megabytes of a server's start for what it never uses. Only the compiled module is loaded here, under its own name,
so that an ordinary import elsewhere finds the same one.
"""

from __future__ import annotations

import sys
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_NAME = "cel.cel"


def load() -> Any:
    """The compiled module `cel.cel`; raises `ImportError` when the library is not installed."""
    if _NAME in sys.modules:
        return sys.modules[_NAME]
    package = find_spec("cel")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for suffix in EXTENSION_SUFFIXES:
            path = Path(folder) / f"cel{suffix}"
            if path.is_file():
                spec = spec_from_file_location(_NAME, path, loader=ExtensionFileLoader(_NAME, str(path)))
                assert spec is not None and spec.loader is not None
                module = module_from_spec(spec)
                sys.modules[_NAME] = module
                spec.loader.exec_module(module)
                return module
    raise ImportError("the package common-expression-language is not installed")
