"""What is there on the server, learned from its answers, so that calls reach more than "not found".

Nothing here names an operation: an answer to a path teaches what may stand in the paths below it. So an operation that is new
is reached as soon as a list, a PUT or a POST of the contract tells what it can be asked about.
"""

import re

_NAMES = re.compile(r"\{(\w+)\}")


class Known:
    """Values for the parameters of paths, by the part of the path that they complete."""

    def __init__(self, templates, seeds=None, queries=None):
        self._prefixes = sorted({prefix for template in templates for prefix in prefixes(template)}, key=len)
        self.values = {prefix: list(rows) for prefix, rows in (seeds or {}).items()}
        self.queries = [tuple(one) for one in queries or []]

    def learn(self, method, template, parameters, status, body):
        """Take note of an answer; the body is a parsed JSON document, a text, or None."""
        if method == "DELETE":
            for prefix in prefixes(template)[-1:] if template.endswith("}") else []:
                if 200 <= status < 300 and parameters in self.values.get(prefix, []):
                    self.values[prefix].remove(parameters)
            return
        if not 200 <= status < 300:
            return
        for prefix in prefixes(template):
            self._add(prefix, {name: parameters[name] for name in _NAMES.findall(prefix)})
        items = body["items"] if isinstance(body, dict) and isinstance(body.get("items"), list) else [body]
        for prefix in self._prefixes:
            if prefix.startswith(template + "/{") and "/" not in prefix[len(template) + 1:]:
                for value in _values(items, prefix[len(template) + 2:-1]):
                    self._add(prefix, dict(parameters, **{prefix[len(template) + 2:-1]: value}))
        for item in items:
            for name in ("path",) if isinstance(item, dict) and isinstance(item.get("path"), str) else ():
                entry = (dict(parameters), name, item[name])
                if entry not in self.queries:
                    self.queries.append(entry)

    def _add(self, prefix, row):
        rows = self.values.setdefault(prefix, [])
        if row not in rows:
            rows.append(row)

    def rows(self, template):
        """What can stand in a path: known values of its longest known part."""
        for prefix in reversed(prefixes(template)):
            names = _NAMES.findall(prefix)
            found = self.values.get(prefix) or [
                {name: row[name] for name in names} for rows in self.values.values() for row in rows
                if set(names) <= set(row) and row.get("ws", "default") == "default"]
            if found:
                return found
        return []

    def query(self, parameters, name):
        """Values for a parameter of the query, told by lists of the same thing."""
        return [value for row, of, value in self.queries if of == name and row == parameters]


def prefixes(template):
    """The parts of a path that end with a parameter, the shortest first."""
    return [template[:found.end()] for found in _NAMES.finditer(template)]


def _values(items, name):
    for item in items:
        if isinstance(item, str) and item.strip():
            yield item.strip()
        elif isinstance(item, dict):
            value = next((item[key] for key in (name, "name", "id") if item.get(key) is not None), None)
            if value is not None and not str(value).startswith("/"):
                yield value
