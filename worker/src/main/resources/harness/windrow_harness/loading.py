"""Finds, imports and inspects the entry script."""

import importlib
import importlib.machinery
import importlib.util
import os
import sys
import types

_POSITIONAL_FLAGS = 0x04


class ScriptError(Exception):
    """The entry script cannot be used as it is."""


class Script:
    """The functions of the imported script."""

    def __init__(self, module, entry_script):
        self.run = getattr(module, "run", None)
        self.init = _optional(module, "init", entry_script)
        self.shutdown = _optional(module, "shutdown", entry_script)
        if not callable(self.run):
            raise ScriptError("%s: no function run() (expected: def run(mini_batch))" % entry_script)
        self.run_parameters = run_parameters(self.run, entry_script)


def _optional(module, name, entry_script):
    function = getattr(module, name, None)
    if function is not None and not callable(function):
        raise ScriptError("%s: %s: %r (expected: a function)" % (entry_script, name, function))
    return function


def load(code, entry_script):
    """Import the script named by a path below ``code`` or by a dotted module name."""
    path = os.path.normpath(os.path.join(code, entry_script))
    if os.path.isfile(path):
        module = _import_file(code, path)
    elif entry_script.endswith(".py") or os.sep in entry_script:
        raise ScriptError("entry_script: %s (expected: a file in the code folder %s)" % (entry_script, code))
    else:
        module = importlib.import_module(entry_script)
    return Script(module, entry_script)


def _import_file(code, path):
    """Import by path, so that an installed module of the same name cannot take the script's place."""
    name = _module_name(code, path)
    loader = importlib.machinery.SourceFileLoader(name, path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    sys.modules[name] = module
    loader.exec_module(module)
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
    # A script may put something else in its place, as for any import.
    return sys.modules.get(name, module)


def _module_name(code, path):
    """``folder.module`` for a script in a folder below the code; another name where that is taken or not possible."""
    relative = os.path.relpath(path, code)
    stem = os.path.splitext(os.path.basename(path))[0].replace(".", "_")
    folders = os.path.dirname(relative).split(os.sep) if os.path.dirname(relative) else []
    if os.pardir in folders or any("." in folder for folder in folders):
        folders = []
    name = ".".join(folders + [stem])
    if name in sys.modules:
        return "entry_" + stem
    for depth in range(1, len(folders) + 1):
        if not _ensure_package(".".join(folders[:depth]), os.path.join(code, *folders[:depth])):
            return stem if stem not in sys.modules else "entry_" + stem
    return name


def _ensure_package(name, folder):
    """Import the package that ``folder`` is; False when another package already has its name."""
    if name not in sys.modules and os.path.isfile(os.path.join(folder, "__init__.py")):
        importlib.import_module(name)
    if name not in sys.modules:
        # Made by hand: a package of the same name installed elsewhere would win over a folder without __init__.py.
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations.append(folder)
        package = importlib.util.module_from_spec(spec)
        package.__path__ = [folder]
        sys.modules[name] = package
    places = [os.path.realpath(place) for place in getattr(sys.modules[name], "__path__", ())]
    return os.path.realpath(folder) in places


def run_parameters(run, entry_script):
    """Return 1 or 2: how many positional arguments ``run`` is to be called with."""
    if type(run) is types.FunctionType and not run.__dict__:
        described = run.__code__
        room = 2 if described.co_flags & _POSITIONAL_FLAGS else min(2, described.co_argcount)
        least = described.co_argcount - len(run.__defaults__ or ())
    else:
        room, least = _inspected(run)
    if room < 1 or least > 2:
        raise ScriptError(
            "%s: run(): takes %d positional parameters (expected: 1 or 2: mini_batch, and mini_batch_context if wanted)"
            % (entry_script, least if least > 2 else room)
        )
    return room


def _inspected(run):
    """The same for decorated functions, objects and functions written in C."""
    inspect = _standard_inspect()
    try:
        parameters = inspect.signature(run).parameters.values()
    except (TypeError, ValueError):
        # Nothing is known about it: Azure always offers both.
        return 2, 1
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        room = 2
    else:
        room = min(2, sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters))
    least = sum(
        p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters
    )
    return room, least


def _standard_inspect():
    """Import ``inspect`` only where it is needed, as it is slow to load, and never a module of the script so named."""
    found = sys.modules.get("inspect")
    if hasattr(found, "signature"):
        return found
    path = sys.path[:]
    sys.path[:] = [os.path.dirname(os.__file__)] + path
    sys.modules.pop("inspect", None)
    try:
        return importlib.import_module("inspect")
    finally:
        sys.path[:] = path
        if found is not None:
            sys.modules["inspect"] = found
