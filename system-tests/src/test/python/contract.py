"""The server's contract, as far as a caller needs it to choose what to call."""

METHODS = ("get", "put", "post", "patch", "delete")


class Operation:
    """One operation."""

    def __init__(self, template, method, node, everybody, parameters):
        self.id = node["operationId"]
        self.template = template
        self.method = method.upper()
        self.parameters = parameters
        success = [(status, answer) for status, answer in node["responses"].items() if status[0] in "123"]
        self.is_socket = any(status == "101" for status, _ in success)
        self.is_stream = any("text/event-stream" in (answer.get("content") or {}) for _, answer in success)
        self.schemes = {name for one in node.get("security", everybody) for name in one}
        body = (node.get("requestBody") or {}).get("$ref", "")
        self.takes_submission = body.endswith("/Submission")

    def required_queries(self):
        return [one["name"] for one in self.parameters if one["in"] == "query" and one.get("required")]


def operations(document):
    """All operations of the document, in its order."""
    found = []
    for template, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                parameters = item.get("parameters", []) + item[method].get("parameters", [])
                found.append(Operation(template, method, item[method], document.get("security", []),
                                       [_resolved(document, one) for one in parameters]))
    return found


def _resolved(document, node):
    while "$ref" in node:
        at = document
        for part in node["$ref"][2:].split("/"):
            at = at[part]
        node = at
    return node
