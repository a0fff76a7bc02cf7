"""Counts lines, functions and classes of each Python source file."""

import ast
import os
import tokenize


def run(mini_batch):
    """Return one row for each file, also for those that are no Python or do not parse."""
    return [row(path) for path in mini_batch]


def row(path):
    """Return name, kind, lines, functions, classes."""
    name = '"%s"' % os.path.basename(path).replace('"', '""')
    if not path.endswith(".py"):
        return "%s,other,,," % name
    try:
        with tokenize.open(path) as file:
            source = file.read()
        tree = ast.parse(source)
    except (SyntaxError, UnicodeDecodeError, ValueError):
        return "%s,unparsable,,," % name
    nodes = list(ast.walk(tree))
    functions = sum(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in nodes)
    classes = sum(isinstance(node, ast.ClassDef) for node in nodes)
    return "%s,python,%d,%d,%d" % (name, source.count("\n"), functions, classes)
