"""Which pages' files have to be looked at: kept by the page store itself, in the transaction that changes a page.

A page stands in the queue once, under the number of its last change. Numbers are never used twice (AUTOINCREMENT), so
that what was looked at can be taken out by its number, and a change that came meanwhile stays in. Nothing is noted
before an exporter has asked for it, nor of pages that are never exported: redirects, errors, later pages of lists.
"""

EXPORTING = "exporting"
"""The fact that an exporter follows this store."""
IS_FOLLOWED = f"EXISTS (SELECT 1 FROM fact WHERE name = '{EXPORTING}')"
COLUMNS = "seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, is_gone INTEGER NOT NULL"
HAS_CHANGED = "(NEW.state != OLD.state OR NEW.digest != OLD.digest)"


def _noting(trigger: str, event: str, *, when: str, name: str, is_gone: str) -> str:
    """Return a trigger that notes a page; without OR REPLACE, which the statement that fires it could overrule."""
    return (
        f"CREATE TRIGGER {trigger} AFTER {event} ON page WHEN {when} AND instr({name}, '?') = 0 AND {IS_FOLLOWED} BEGIN"
        f" DELETE FROM to_export WHERE name = {name};"
        f" INSERT INTO to_export (name, is_gone) VALUES ({name}, {is_gone}); END"
    )


QUEUE = (
    f"CREATE TABLE to_export ({COLUMNS})",
    "CREATE INDEX to_export_order ON to_export (is_gone DESC, seq)",
    _noting("page_made", "INSERT", when="NEW.status = 200", name="NEW.name", is_gone="NEW.state = 2"),
    _noting(
        "page_changed",
        "UPDATE OF state, digest",
        when=f"200 IN (OLD.status, NEW.status) AND {HAS_CHANGED}",
        name="NEW.name",
        is_gone="NEW.state = 2 OR NEW.status != 200",
    ),
    _noting("page_forgotten", "DELETE", when="OLD.status = 200", name="OLD.name", is_gone="1"),
)
