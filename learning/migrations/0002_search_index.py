"""The index behind search: an FTS5 table kept by triggers on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE learning_search USING fts5("
    "grams, content='learning_searchentry', content_rowid='id', tokenize='unicode61', prefix='1 2')",
    "CREATE TRIGGER learning_search_insert AFTER INSERT ON learning_searchentry BEGIN"
    " INSERT INTO learning_search(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER learning_search_delete AFTER DELETE ON learning_searchentry BEGIN"
    " INSERT INTO learning_search(learning_search, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER learning_search_update AFTER UPDATE ON learning_searchentry BEGIN"
    " INSERT INTO learning_search(learning_search, rowid, grams) VALUES ('delete', old.id, old.grams);"
    " INSERT INTO learning_search(rowid, grams) VALUES (new.id, new.grams); END",
]
SQLITE_BACK = [
    "DROP TRIGGER learning_search_insert",
    "DROP TRIGGER learning_search_delete",
    "DROP TRIGGER learning_search_update",
    "DROP TABLE learning_search",
]
POSTGRESQL = ["CREATE INDEX learning_search ON learning_searchentry USING gin (to_tsvector('simple', grams))"]
POSTGRESQL_BACK = ["DROP INDEX learning_search"]


def run(sqlite, postgresql):
    def operation(apps, schema_editor):
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement, params=None)

    return operation


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]
    operations = [migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK))]
