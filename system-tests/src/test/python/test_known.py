"""What is learned from answers, and which operations a contract has."""

import unittest

import contract
from known import Known

THING = "/spaces/{ws}/things/{name}"
PARTS = THING + "/parts/{part}/file"
FILES = THING + "/parts/{part}/files"


class KnownTest(unittest.TestCase):
    def setUp(self):
        self.known = Known(["/spaces/{ws}/things", THING, THING + "/stop", FILES, PARTS],
                           {"/spaces/{ws}": [{"ws": "default"}]})

    def test_a_list_tells_what_can_stand_below_it(self):
        self.known.learn("GET", "/spaces/{ws}/things", {"ws": "default"}, 200, {"items": [{"name": "a"}, {"name": "b"}]})
        self.assertEqual(self.known.rows(THING + "/stop"), [{"ws": "default", "name": "a"}, {"ws": "default", "name": "b"}])

    def test_a_put_tells_its_own_path_and_a_delete_takes_it_away(self):
        row = {"ws": "default", "name": "a"}
        self.known.learn("PUT", THING, row, 201, {"name": "a"})
        self.known.learn("DELETE", THING, row, 409, None)
        self.assertEqual(self.known.rows(THING), [row])
        self.known.learn("DELETE", THING, row, 204, None)
        self.assertEqual(self.known.rows(THING), [{"ws": "default"}])

    def test_a_refusal_teaches_nothing(self):
        self.known.learn("GET", THING, {"ws": "default", "name": "a"}, 404, {"name": "a"})
        self.assertEqual(self.known.rows(THING), [{"ws": "default"}])

    def test_a_text_names_what_was_made(self):
        known = Known(["/sessions", "/sessions/{session}"])
        known.learn("POST", "/sessions", {}, 201, "abc\n")
        self.assertEqual(known.rows("/sessions/{session}"), [{"session": "abc"}])

    def test_paths_of_files_are_for_the_file_operation_of_the_same_thing(self):
        row = {"ws": "default", "name": "a", "part": "x"}
        self.known.learn("GET", FILES, row, 200, {"items": [{"path": "one/two.txt"}]})
        self.assertEqual(self.known.query(row, "path"), ["one/two.txt"])
        self.assertEqual(self.known.query(dict(row, part="y"), "path"), [])


class ContractReadingTest(unittest.TestCase):
    def test_sockets_streams_and_tokens_of_jobs_are_told_apart(self):
        document = {"security": [{"bearer": []}], "components": {"parameters": {"P": {"name": "p", "in": "query",
                                                                                     "required": True}}},
                    "paths": {"/a": {"get": {"operationId": "socket", "responses": {"101": {}}},
                                     "post": {"operationId": "job", "security": [{"jobToken": []}], "responses": {"204": {}}}},
                              "/b": {"parameters": [{"$ref": "#/components/parameters/P"}],
                                     "get": {"operationId": "stream", "responses": {"200": {"content": {
                                         "text/event-stream": {}}}}}}}}
        found = {one.id: one for one in contract.operations(document)}
        self.assertTrue(found["socket"].is_socket)
        self.assertTrue(found["stream"].is_stream)
        self.assertEqual(found["stream"].required_queries(), ["p"])
        self.assertEqual((found["job"].schemes, found["stream"].schemes), ({"jobToken"}, {"bearer"}))


if __name__ == "__main__":
    unittest.main()
