"""Calls that no generator can make: a WebSocket, streams without an end, and a request that is held back."""

import base64
import http.client
import os
import socket
import urllib.parse

# Held back by the server for as long as it has nothing to say: asked once, and left alone by the generator.
HELD_BACK = ("askAsAgent",)
_PATIENCE = 30


def walk(prepared, operations, known):
    """Ask whatever can be asked with what is known, until there is nothing new; learns from each answer."""
    reached, asked = {}, set()
    while True:
        before = len(asked)
        for one in operations:
            if one.method != "GET" or one.is_stream or one.is_socket or one.id in HELD_BACK or "jobToken" in one.schemes:
                continue
            for row in known.rows(one.template)[:20] if "{" in one.template else [{}]:
                for path in _paths(one, row, known):
                    if path not in asked:
                        asked.add(path)
                        answer = prepared.call("GET", path)
                        reached.setdefault(one.id, []).append(answer.status)
                        if answer.headers.get("content-type", "").startswith("application/json"):
                            known.learn("GET", one.template, row, answer.status, answer.json())
        if len(asked) == before:
            return reached


def _paths(one, row, known):
    try:
        path = filled(one.template, row)
    except KeyError:
        return
    wanted = one.required_queries()
    if not wanted:
        yield path
    for name in wanted[:1]:
        for value in known.query(row, name)[:20]:
            yield "%s?%s" % (path, urllib.parse.urlencode({name: value}))


def filled(template, row):
    """A path with its parameters in place."""
    return template.replace("{", "%(").replace("}", ")s") % {
        name: urllib.parse.quote(str(value), safe="") for name, value in row.items()}


def stream(prepared, path):
    """The status and the type of a stream, and its first event; it is not read to its end."""
    connection = _connection(prepared)
    try:
        connection.request("GET", path, headers={"Authorization": "Bearer " + prepared.token})
        answer = connection.getresponse()
        lines = []
        while answer.status == 200 and not any(line.startswith(b"data:") for line in lines) and len(lines) < 100:
            lines.append(answer.readline())
        return answer.status, answer.getheader("Content-Type"), b"".join(lines).decode()
    finally:
        connection.close()


def web_socket(prepared, path):
    """The status line and the headers of the answer to a request for a WebSocket."""
    place = urllib.parse.urlsplit(prepared.url)
    with socket.create_connection((place.hostname, place.port), _PATIENCE) as plain:
        key = base64.b64encode(os.urandom(16)).decode()
        plain.sendall(("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: %s\r\n"
                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: windrow.agent.v1\r\n"
                       "Authorization: Bearer %s\r\n\r\n" % (path, place.netloc, key, prepared.agent_token)).encode())
        said = b""
        while b"\r\n\r\n" not in said:
            more = plain.recv(4096)
            if not more:
                break
            said += more
        return said.decode("latin-1")


def _connection(prepared):
    place = urllib.parse.urlsplit(prepared.url)
    return http.client.HTTPConnection(place.hostname, place.port, timeout=_PATIENCE)
