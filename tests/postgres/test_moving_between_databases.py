"""The product on PostgreSQL, and a backup from either database put back into either."""

from __future__ import annotations

import pytest

from tests.records.tables import key, patent, write_csv
from tests.site.service import Service


@pytest.fixture(scope="module")
def postgres(server, tmp_path_factory):
    """A site on PostgreSQL with some records."""
    folder = tmp_path_factory.mktemp("postgres")
    service = Service(folder / "home", server.create("source"))
    service.holds(folder)
    service.backup = folder / "postgres.zip"
    service.made = service.told("backup", service.backup)
    service.shown = shown(service)
    return service


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    """The same on SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    service = Service(folder / "home")
    service.holds(folder)
    service.backup = folder / "sqlite.zip"
    service.made = service.told("backup", service.backup)
    service.shown = shown(service)
    return service


def shown(service):
    """What people see: the odd record whole, the counts."""
    status = service.told("status")
    number = key(30)
    return service.told("show", number), {name: status[name] for name in ("patents", "trademarks", "change", "indexed")}


def test_it_imports_searches_and_undoes(server, tmp_path):
    service = Service(tmp_path / "home", server.create("undone"))
    service.ok("import", write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    service.ok("import", write_csv(tmp_path / "b.csv", [patent(3)]))
    assert service.told("search", "装置")["total"] == 3
    service.ok("undo", 2)
    assert service.told("search", "装置")["total"] == 2
    assert service.told("status")["patents"] == 2 and service.told("verify")["good"]


@pytest.mark.parametrize("origin", ["sqlite", "postgres"])
@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_a_backup_of_one_is_a_home_of_the_other(request, server, tmp_path, origin, target):
    source = request.getfixturevalue(origin)
    database = server.create(f"from_{origin}") if target == "postgres" else ""
    there = Service(tmp_path / "home", database)
    assert there.told("restore", source.backup)["index"] == "restored"
    assert shown(there) == source.shown and there.raw() == source.raw()
    said = there.told("verify")
    assert said["good"]
    counts = next(one["figures"] for one in said["findings"] if one["part"] == "数据库")
    assert counts == {**source.made["tables"], "common_auditentry": source.made["tables"]["common_auditentry"] + 1}
    if origin != target:  # what comes in later gets numbers that were never given out
        there.ok("import", write_csv(tmp_path / "more.csv", [patent(900, 名称="后来的装置")]))
        assert there.told("search", "后来的装置")["total"] == 1


def test_the_old_tables_move_into_a_schema_of_their_own(postgres, server, tmp_path):
    there = Service(tmp_path / "home", server.create("replaced"))
    there.ok("import", write_csv(tmp_path / "a.csv", [patent(1)]))
    assert "已经有数据" in there.refused("restore", postgres.backup)
    assert there.told("status")["patents"] == 1
    there.ok("restore", postgres.backup, "--force")
    assert there.told("status")["patents"] == 30 and there.told("verify")["good"]
    [schema] = server.ask("replaced", "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced%'")
    assert server.ask("replaced", f"SELECT count(*) FROM {schema}.records_record") == ["1"]


def test_a_database_that_is_not_there_is_told(server, tmp_path):
    service = Service(tmp_path / "home", server.address("nowhere"))
    assert "打不开 ZHIQUAN_DATABASE" in service.refused("status")
