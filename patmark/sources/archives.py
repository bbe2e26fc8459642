"""Zip and gz archives: members checked, spooled to disk and handed on; nested ones too, all of it bounded."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as with_values
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from patmark.errors import BadFile, BadRecord, NotFound
from patmark.patent import Picture
from patmark.sources.base import LIMITS, Read, Source
from patmark.trademark import Trademark

HEAD = 65_536
_BLOCK = 1 << 20
#: Below this size a high ratio is no danger (a blank page of a drawing packs very well).
_HARMLESS = 16 * 1024 * 1024
#: Members by which Word, Excel, PowerPoint and OpenDocument files are known.
_OFFICE = {"[Content_Types].xml", "mimetype"}
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


@dataclass(slots=True)
class Budget:
    """What all archives inside one file may still unpack to, together."""

    unpacked: int = LIMITS.unpacked
    members: int = LIMITS.members

    def spend(self, size: int) -> None:
        self.unpacked -= size
        if self.unpacked < 0:
            raise BadFile(f"压缩包解开后超过 {LIMITS.unpacked >> 30} GB 的上限，没有读完。", mend="请分成几个包导入。")

    def enter(self, count: int) -> None:
        self.members -= count
        if self.members < 0:
            raise BadFile(f"压缩包里的文件超过 {LIMITS.members} 个的上限。", mend="请分成几个包导入。")

    @property
    def is_spent(self) -> bool:
        return self.unpacked < 0 or self.members < 0


@dataclass(slots=True)
class Walk:
    """One file being read through its archives: the budget, the depth, and the path so far (`内层.zip/`).

    `read` gets a member as a source, and the walk one archive deeper, and yields its reads; `is_companion` says
    whether a member nobody reads may be passed over in silence.
    """

    read: Callable[[Source, Walk], Iterator[Read]]
    is_companion: Callable[[Source], bool]
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    prefix: str = ""

    def deeper(self, name: str) -> Walk:
        if self.depth >= LIMITS.nesting:
            raise BadFile(f"压缩包里套了 {LIMITS.nesting} 层以上的压缩包。", where=name, mend="请先解开里面的压缩包。")
        return Walk(self.read, self.is_companion, self.budget, self.depth + 1, self.prefix)

    def at(self, member: str) -> Walk:
        """The walk inside a member of this archive."""
        return Walk(self.read, self.is_companion, self.budget, self.depth, f"{self.prefix}{member}/")


def is_zip(source: Source) -> bool:
    """Whether the file is a zip of files, not one of the office formats that are zips too."""
    if not source.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(source.path) as archive:
            return not _OFFICE & set(archive.namelist())
    except _BROKEN:
        return False


def is_gz(source: Source) -> bool:
    return source.head.startswith(b"\x1f\x8b")


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 where it is marked or fits, otherwise GB18030, as Chinese Windows writes it."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def check_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses an archive by its directory: encrypted, too many members, too large or too densely packed."""
    members = archive.infolist()
    if len(members) > LIMITS.members:
        raise BadFile(f"压缩包里的文件超过 {LIMITS.members} 个的上限。", where=name, mend="请分成几个包导入。")
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise BadFile("压缩包加了密码，无法读取。", where=name, mend="请解密后重新打包。")
    if sum(one.file_size for one in members) > LIMITS.unpacked:
        raise BadFile(f"压缩包解开后超过 {LIMITS.unpacked >> 30} GB 的上限。", where=name, mend="请分成几个包导入。")
    for one in members:
        if one.file_size > _HARMLESS and one.file_size > LIMITS.ratio * max(one.compress_size, 1):
            raise BadFile(f"压缩包里的“{member_name(one)}”压缩比异常，可能是压缩炸弹，没有读取。", where=name)


def read_zip(source: Source, walk: Walk) -> Iterator[Read]:
    """Everything read from the members in the order of the archive, with their paths in front of the positions."""
    inner = walk.deeper(source.name)
    found = False
    with _opened(source) as archive, tempfile.TemporaryDirectory(prefix="zhiquan-") as folder:
        check_archive(archive, source.name)
        members = [one for one in archive.infolist() if not one.is_dir()]
        walk.budget.enter(len(members))
        names = {member_name(one).casefold(): walk.prefix + member_name(one) for one in members}
        for member in members:
            name = member_name(member)
            for read in _read_member(archive, member, Path(folder), inner.at(name)):
                found = True
                yield _in_archive(read, walk.prefix, name, names)
    if not found:
        raise BadFile("压缩包里没有可以读的专利或商标数据。", where=source.name, mend="能读的格式见《数据格式》一页。")


def _opened(source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source.path)
    except _BROKEN as fault:
        raise BadFile("zip 压缩包打不开，可能不完整。", where=source.name, mend="请重新下载或重新打包。") from fault


def read_gz(source: Source, walk: Walk) -> Iterator[Read]:
    """Everything read from the unpacked content; of a torn file what could be unpacked, and then BadFile."""
    inner = walk.deeper(source.name)
    fault: BadFile | None = None
    with tempfile.TemporaryDirectory(prefix="zhiquan-") as folder:
        path = Path(folder) / "member"
        try:
            with gzip.open(source.path) as packed, path.open("wb") as out:
                # `read` would keep back what it has of the last block of a torn file.
                blocks = iter(partial(packed.read1, _BLOCK), b"")
                _copy(blocks, out, walk.budget, source.path.stat().st_size)
        except _BROKEN:
            fault = BadFile("gz 压缩包不完整，只读出了前面的部分。", where=source.name, mend="请重新下载。")
        if path.stat().st_size or fault is None:
            inside = as_source(path, PurePosixPath(source.name).stem if source.name.endswith(".gz") else source.name)
            yield from inner.read(inside, inner)
    if fault:
        raise fault


def as_source(path: Path, name: str = "") -> Source:
    """A file on disk as a source; its own name where none is given."""
    with path.open("rb") as stream:
        return Source(path, name or path.name, stream.read(HEAD))


def open_member(path: Path, member: str) -> BinaryIO:
    """The content of a member by the path `Picture.member` gives, through nested archives; raises NotFound."""
    with path.open("rb") as outer:
        return _open_inside(outer, member)


def _open_inside(packed: IO[bytes], member: str) -> BinaryIO:
    try:
        with zipfile.ZipFile(packed) as archive:
            for one in archive.infolist():
                name = member_name(one)
                if one.is_dir() or not (member == name or member.startswith(name + "/")):
                    continue
                copy = tempfile.SpooledTemporaryFile(max_size=_HARMLESS)  # noqa: SIM115 (handed to the caller)
                with archive.open(one) as stream:
                    _copy(iter(partial(stream.read, _BLOCK), b""), copy, Budget(LIMITS.document), one.compress_size)
                copy.seek(0)
                if member == name:
                    return copy  # type: ignore[return-value]
                with copy:
                    return _open_inside(copy, member[len(name) + 1 :])
    except _BROKEN as fault:
        raise NotFound(f"压缩包读不出来，取不到“{member}”。") from fault
    raise NotFound(f"压缩包里没有“{member}”。")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, inner: Walk) -> Iterator[Read]:
    """The reads of one member; what is wrong with it becomes a reject, and the other members go on."""
    name = member_name(member)
    if _climbs(name):
        yield Read(0, "", BadRecord("路径越出了压缩包，没有读取。", mend="请重新打包。"))
        return
    if PurePosixPath(name).name.startswith("._") or "__MACOSX" in PurePosixPath(name).parts:
        return
    path = folder / "member"
    try:
        _unpack(archive, member, path, inner.budget)
        inside = as_source(path, name)
        yield from _reads_of(inside, inner)
    except BadFile as fault:
        if inner.budget.is_spent:
            raise
        where = fault.where if fault.where != name else ""
        yield Read(0, "", BadRecord(fault.sentence, position=where, mend=fault.mend))


def _reads_of(inside: Source, inner: Walk) -> Iterator[Read]:
    try:
        # The kind is told at once, before the first read.
        return inner.read(inside, inner)
    except BadFile:
        if inner.is_companion(inside):
            return iter(())
        raise


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, budget: Budget) -> None:
    try:
        with archive.open(member) as stream, path.open("wb") as out:
            _copy(iter(partial(stream.read, _BLOCK), b""), out, budget, member.compress_size)
    except _BROKEN as fault:
        raise BadFile("这个文件在压缩包里已损坏，解不出来。", mend="请重新打包。") from fault


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":")


def _copy(blocks: Iterator[bytes], out: IO[bytes], budget: Budget, packed: int) -> None:
    """Unpacks and counts: the sizes an archive states may lie."""
    size = 0
    for block in blocks:
        size += len(block)
        budget.spend(len(block))
        if size > _HARMLESS and size > LIMITS.ratio * max(packed, 1):
            raise BadFile("压缩比异常，可能是压缩炸弹，没有读完。")
        out.write(block)


def _in_archive(read: Read, prefix: str, member: str, names: dict[str, str]) -> Read:
    """The read as a member's: its path in front, and its pictures found among the other members."""
    result = read.result
    if isinstance(result, BadRecord):
        place = _placed(result.position or read.position, prefix + member)
        result = BadRecord(result.sentence, position=place, raw=result.raw, where=result.where, mend=result.mend)
    elif result.pictures:
        result = with_values(result, pictures=tuple(_located(one, member, names) for one in result.pictures))
    elif isinstance(result, Trademark) and (image := _mark_image(member, names)):
        result = with_values(result, pictures=(Picture(PurePosixPath(image).name, role="mark", member=image),))
    return Read(read.index, _placed(read.position, prefix + member), result)


def _placed(position: str, path: str) -> str:
    """A position behind the path of its member, unless an archive inside that member has put it there already."""
    return position if position.startswith(path + "/") else f"{path} {position}".rstrip()


def _located(picture: Picture, member: str, names: dict[str, str]) -> Picture:
    """The picture with its path in the archive: beside the document that names it, or as found deeper inside."""
    if picture.member:
        return picture
    file = picture.file.replace("\\", "/").removeprefix("./")
    beside = (member[: member.rfind("/") + 1] + file).casefold()
    return with_values(picture, member=names[beside]) if beside in names else picture


def _mark_image(member: str, names: dict[str, str]) -> str:
    """The image beside a trademark document that names none: USPTO's status zips call it `markImage`."""
    folder = member[: member.rfind("/") + 1].casefold()
    for suffix in (".jpg", ".png", ".gif", ".tif"):
        if found := names.get(f"{folder}markimage{suffix}"):
            return found
    return ""


def renumbered(reads: Iterator[Read], after: int = -1) -> Iterator[Read]:
    """The reads numbered on from 0 across members, those up to `after` left out."""
    for index, read in enumerate(reads):
        if index > after:
            yield read if read.index == index else Read(index, read.position, read.result)
