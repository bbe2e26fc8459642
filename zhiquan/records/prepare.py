"""From what a reader yields to what a chunk stores: payload, digest and numbers, made outside any transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from patmark.errors import BadRecord
from patmark.packing import dump
from patmark.patent import Patent
from patmark.sources.base import Read
from patmark.trademark import Trademark
from zhiquan.records.matching import Numbered, numbers_of

#: Bytes of payload after which a chunk is stored however few documents it holds: full texts are large.
CHUNK_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be stored. Two documents that say the same have the same digest."""

    index: int
    position: str
    record: Patent | Trademark
    payload: bytes
    digest: bytes
    numbers: tuple[Numbered, ...]


@dataclass(slots=True)
class Chunk:
    """What is stored in one transaction; `last` is the index up to which the file is then done."""

    documents: list[Prepared] = field(default_factory=list)
    rejects: list[tuple[int, BadRecord]] = field(default_factory=list)
    size: int = 0
    last: int = -1

    def __len__(self) -> int:
        return len(self.documents) + len(self.rejects)

    @property
    def digest(self) -> str:
        """One hash over the documents in their order, for the audit entry."""
        whole = blake2b(digest_size=16)
        for one in self.documents:
            whole.update(one.digest)
        return whole.hexdigest()


def prepare(read: Read) -> Prepared | BadRecord:
    """The document of one read, or the reason why it cannot be kept."""
    if isinstance(read.result, BadRecord):
        return read.result
    try:
        payload = dump(read.result)
    except BadRecord as fault:
        fault.position = fault.position or read.position
        return fault
    digest = blake2b(payload, digest_size=16).digest()
    return Prepared(read.index, read.position, read.result, payload, digest, numbers_of(read.result))


@dataclass(slots=True)
class Pace:
    """How many documents the next chunk holds, so that a transaction takes about `aim` seconds."""

    aim: float = 0.12
    rows: int = 100
    most: int = 2_000

    def took(self, seconds: float, rows: int) -> None:
        if rows:
            fitting = int(rows * self.aim / max(seconds, 1e-4))
            self.rows = max(1, min(self.most, fitting, 2 * self.rows))


def chunks(reads: Iterable[Read], pace: Pace) -> Iterator[Chunk]:
    """The reads of a file, in order, in chunks of the size the pace allows."""
    chunk = Chunk()
    for read in reads:
        one = prepare(read)
        if isinstance(one, Prepared):
            chunk.documents.append(one)
            chunk.size += len(one.payload)
        else:
            chunk.rejects.append((read.index, one))
        chunk.last = read.index
        if len(chunk) >= pace.rows or chunk.size >= CHUNK_BYTES:
            yield chunk
            chunk = Chunk()
    if len(chunk):
        yield chunk
