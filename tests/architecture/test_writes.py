"""Tables are written in the writer files only: in actions, which pass the door, and in what actions call."""

import ast

import pytest

from tests.architecture.tree import files, name, parsed

#: Beside every `actions.py`: the modules that actions hand their work to, each with its reason.
WRITERS = {
    "zhiquan/accounts/allowances.py": "how much of an hour a caller of the API has used: a counter, no matter of record",
    "zhiquan/common/models.py": "the audit entry itself",
    "zhiquan/records/derive.py": "the tables derived from a record's statements, called by storing",
    "zhiquan/records/storing.py": "a chunk's rows, called by batch.store and batch.undo.portion",
    "zhiquan/records/matching.py": "which record a statement belongs to, called by storing",
    "zhiquan/records/withdrawing.py": "a portion of an undo, called by batch.undo.portion",
    "zhiquan/records/purging.py": "what an undone batch left, called by batch.purge",
    "zhiquan/records/rows.py": "the rows of a record, called by storing",
    "zhiquan/site/backup/postgres.py": "the rows of a backup put back whole, before anybody is there to be asked",
}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create", "create_user"}
ON_TABLES = {"create", "update", "delete", "execute", "executemany", "raw", "_raw_delete"}
TABLES = ("objects", "cursor", "connection", "filter(", "exclude(", ".all()", "_manager")


def writes(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb, receiver = node.func.attr, ast.unparse(node.func.value)
            on_table = verb in ON_TABLES and any(sign in receiver for sign in TABLES)
            on_row = verb == "save" or (verb == "delete" and not node.args)
            if verb in ALWAYS or on_table or on_row:
                yield node.lineno, f"{receiver[-40:]}.{verb}"


def readers():
    return [
        path
        for path in files("zhiquan")
        if path.name != "actions.py" and "migrations" not in path.parts and name(path) not in WRITERS
    ]


@pytest.mark.parametrize("path", readers(), ids=name)
def test_only_writer_files_write(path):
    assert list(writes(path)) == []


def test_the_list_of_writers_names_files_that_exist():
    assert set(WRITERS) <= {name(path) for path in files("zhiquan")}
