"""The file itself: a ZIP any tool opens, written and read as a stream, every member with its sha256."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from patmark.errors import BadFile, WrongState
from zhiquan.site.backup.manifest import NAME, Manifest, Member, read_manifest

PORTION = 1 << 20
#: Beginnings of files that are compressed already: zip, gzip, bzip2, xz, zstd, JPEG, PNG, GIF.
_COMPRESSED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
)
#: Fast: twice the bytes of the slowest, in a tenth of its time.
_LEVEL = 1
#: Owner only: a backup holds what people filed and the hashes of their passwords.
MODE = 0o600
_LARGEST_MANIFEST = 64_000_000

Advance = Callable[[int], None]


class Unfinished:
    """Names beside a target for what is being written: they begin with a dot and hold the process's number.

    What a killed process left behind is swept away by the next one that writes the same target.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._sweep()

    def path(self, ending: str) -> Path:
        return self._target.with_name(f".{self._target.name}.{os.getpid()}.{ending}")

    def _sweep(self) -> None:
        named = re.compile(re.escape(f".{self._target.name}.") + r"(\d+)\.\w+(-\w+)?")
        for path in self._target.parent.iterdir():
            found = named.fullmatch(path.name)
            if found and path.is_file() and not is_alive(int(found[1])):
                path.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _Hashing:
    """A stream that only goes forward and knows the sha256 of all that went through it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out: BinaryIO | None = out
        self.sha256, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        self.size += len(data)
        return len(data) if self._out is None else self._out.write(data)

    def flush(self) -> None:
        if self._out is not None:
            self._out.flush()

    def forget(self) -> None:
        """What is still written goes nowhere."""
        self._out = None


class Writer:
    """Writes a backup beside its target and moves it there when it is whole; whatever goes wrong, nothing is left."""

    def __init__(self, target: Path, unfinished: Unfinished) -> None:
        self._target, self._part = target, unfinished.path("part")
        self._members: list[Member] = []

    def __enter__(self) -> Self:
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE)
        self._out = os.fdopen(handle, "wb")
        self._stream = _Hashing(self._out)
        self._zip = zipfile.ZipFile(self._stream, "w", allowZip64=True)  # type: ignore[call-overload]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.forget()
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()
            self._out.close()
        self._part.unlink(missing_ok=True)

    @property
    def members(self) -> tuple[Member, ...]:
        return tuple(self._members)

    def add(
        self, path: str, portions: Iterable[bytes], advance: Advance = lambda done: None, *, packed: bool = True
    ) -> Member:
        """One member, as its bytes come; `packed` off for what hardly gets smaller."""
        whole, size = hashlib.sha256(), 0
        source = iter(portions)
        first = next(source, b"")
        entry = zipfile.ZipInfo(path)
        packed = packed and not first.startswith(_COMPRESSED)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public from Python 3.13 on
        entry.external_attr = MODE << 16
        with self._zip.open(entry, "w", force_zip64=True) as out:
            for portion in _chained(first, source):
                out.write(portion)
                whole.update(portion)
                size += len(portion)
                advance(len(portion))
        member = Member(path, size, whole.hexdigest())
        self._members.append(member)
        return member

    def add_file(self, path: str, file: Path, advance: Advance = lambda done: None, *, packed: bool = True) -> Member:
        with file.open("rb") as source:
            return self.add(path, iter(lambda: source.read(PORTION), b""), advance, packed=packed)

    def finish(self, manifest: Manifest) -> str:
        """Adds the manifest and puts the file in its place, safe on the disk; answers the sha256 of the whole."""
        self._zip.writestr(zipfile.ZipInfo(NAME), manifest.to_json(), zipfile.ZIP_DEFLATED)
        self._zip.close()
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        self._part.replace(self._target)
        sync_folder(self._target.parent)
        return self._stream.sha256.hexdigest()


class Reader:
    """An opened backup. Raises BadFile where the file is none, is cut off or was changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = read_manifest(self._manifest_bytes(), str(path))
        except FileNotFoundError:
            raise BadFile("没有这个文件。", where=str(path), mend="请检查路径。") from None
        except OSError as error:
            raise BadFile(f"文件读不出来（{error.strerror}）。", where=str(path), mend="请检查路径和权限。") from error
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._broken("它不是备份文件，或者没有写完、没有传完") from error
        inside = {one.filename: one.file_size for one in self._zip.infolist() if one.filename != NAME}
        if inside != {one.path: one.size for one in self.manifest.members}:
            raise self._broken("它装的东西与清单不符")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trace: object) -> None:
        self._zip.close()

    def portions(self, member: Member, advance: Advance = lambda done: None) -> Iterator[bytes]:
        """The bytes of a member; BadFile at the end where they are not those that were written."""
        whole, size = hashlib.sha256(), 0
        try:
            with self._zip.open(member.path) as source:
                while portion := source.read(PORTION):
                    whole.update(portion)
                    size += len(portion)
                    yield portion
                    advance(len(portion))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
            raise self._broken(f"其中的 {member.path} 已损坏") from error
        except OSError as error:
            raise BadFile(
                f"文件读不出来（{error.strerror}）。", where=str(self._path), mend="请检查存储介质。"
            ) from error
        if size != member.size or whole.hexdigest() != member.sha256:
            raise self._broken(f"其中的 {member.path} 与清单里的校验值不符")

    def unpack(self, member: Member, target: Path, advance: Advance = lambda done: None) -> None:
        """The member as a file, whole and as it was written, or BadFile."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for portion in self.portions(member, advance):
                out.write(portion)
            out.flush()
            os.fsync(out.fileno())

    def _manifest_bytes(self) -> bytes:
        with self._zip.open(NAME) as source:
            return source.read(_LARGEST_MANIFEST)

    def _broken(self, what: str) -> BadFile:
        return BadFile(f"备份文件不可用：{what}。", where=str(self._path), mend="请换一份备份文件。")


def free_target(target: Path, *, force: bool) -> None:
    """Raises WrongState where the target is taken or its folder is not there."""
    if target.is_dir() or not target.parent.is_dir():
        raise WrongState(f"{target} 不能用作备份文件。", mend="请给出一个文件名，它所在的文件夹须已存在。")
    if target.exists() and not force:
        raise WrongState(f"{target} 已存在，没有覆盖它。", mend="请换一个文件名，或加 --force。")


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
