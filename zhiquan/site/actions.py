"""What is done to the home as a whole; each leaves its entry, though the rows themselves pass by the door."""

from __future__ import annotations

from zhiquan.common.action import Entry, action


@action("backup.make")
def note_backup(entry: Entry, file: str) -> None:
    """A backup begins; noted before the moment it holds, so that the backup tells of itself."""
    entry.after = {"file": file}


@action("backup.restore")
def note_restore(entry: Entry, file: str, *, sha256: str, made: str, records: int) -> None:
    """A backup was put back; noted in the home it made."""
    entry.after = {"file": file, "manifest": sha256, "made": made, "records": records}
