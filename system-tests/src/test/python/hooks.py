"""What schemathesis is told: whose token is for what, what is there to be asked about, and what has been reached.

It is loaded by the tool, not by the tests; the two talk through the files that the environment names.
"""

import atexit
import collections
import json
import os

import schemathesis
from contract import operations
from known import Known
from schemathesis.transport.requests import REQUESTS_TRANSPORT

with open(os.environ["OUTSIDE_SEEDS"]) as _file:
    SEEDS = json.load(_file)
OPERATIONS = {one.id: one for one in operations(SEEDS["document"])}
KNOWN = Known([one.template for one in OPERATIONS.values()], SEEDS["values"], SEEDS["queries"])
REACHED = collections.defaultdict(collections.Counter)
_turns = collections.Counter()


@atexit.register
def _tell():
    with open(os.environ["OUTSIDE_REACHED"], "w") as file:
        json.dump(REACHED, file)


@schemathesis.auth()
class Tokens:
    """The token that an operation asks for."""

    def get(self, case, _context):
        agents = "jobToken" in OPERATIONS[case.operation.definition.raw["operationId"]].schemes
        return SEEDS["agent_token" if agents else "token"]

    def set(self, case, data, _context):
        case.headers = dict(case.headers or {}, Authorization="Bearer " + data)


@REQUESTS_TRANSPORT.serializer("application/x-ndjson")
def _lines(_context, value):
    return {"data": (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "surrogatepass")}


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Ask about something that is there three times of four: chance alone finds no job."""
    one = OPERATIONS[case.operation.definition.raw["operationId"]]
    _turns[one.id] += 1
    turn = _turns[one.id]
    if turn % 4 == 0 or (case.meta and case.meta.generation.mode.is_negative):
        return
    rows = _allowed(one)
    if rows:
        case.path_parameters = dict(case.path_parameters or {}, **rows[turn % len(rows)])
    for name in one.required_queries():
        values = KNOWN.query(case.path_parameters, name)
        if values and name in (case.query or {}):
            case.query = dict(case.query, **{name: values[turn % len(values)]})
    if one.takes_submission and isinstance(case.body, dict) and turn % 2:
        name = (case.path_parameters or {}).get("name") if one.method == "PUT" else "made-%d" % turn
        if one.method == "PUT" and turn % 3:
            name = case.path_parameters["name"] = "put-%d" % turn
        case.body = dict({"spec": SEEDS["spec"]}, **({"name": name} if name else {}))


def _allowed(one):
    """Known values that this operation may be let loose on."""
    rows = KNOWN.rows(one.template)
    if one.is_stream:
        # Of a job that goes on it would never end; that is tried by hand.
        return [row for row in rows if row.get("name") in SEEDS["ended"]]
    if one.id in SEEDS["held_back"]:
        return []
    if one.method == "DELETE" or one.template.endswith("/cancel"):
        return [row for row in rows if not set(map(str, row.values())) & set(SEEDS["kept"])]
    return rows


@schemathesis.hook
def after_call(_context, case, response):
    one = OPERATIONS[case.operation.definition.raw["operationId"]]
    REACHED[one.id][str(response.status_code)] += 1
    body = None
    if (response.headers.get("content-type") or [""])[0].startswith("application/json"):
        body = response.json()
    elif one.method == "POST" and response.status_code == 201:
        body = response.text
    KNOWN.learn(one.method, one.template, dict(case.path_parameters or {}), response.status_code, body)
