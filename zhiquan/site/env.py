"""The typed reader of the ZHIQUAN_* variables: each is read once, with its default and its meaning beside it."""

from __future__ import annotations

import contextlib
import difflib
import importlib.util
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from patmark.errors import WrongSetting

PREFIX = "ZHIQUAN_"
YES = frozenset({"1", "true", "yes", "on", "是"})
NO = frozenset({"0", "false", "no", "off", "否"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable as the reference shows it."""

    name: str
    default: str
    means: str


class Env:
    """Reads variables by type; a wrong value, or at `close` an unknown variable, is a `WrongSetting` that names it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.known: list[Setting] = []

    def text(self, name: str, default: str, means: str, *, shown: str = "") -> str:
        """The value as written, or the default; a value of blanks only is none."""
        self.known.append(Setting(name, shown or default, means))
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, default: bool, means: str) -> bool:
        value = self.text(name, "1" if default else "0", means)
        if value.lower() not in YES | NO:
            raise WrongSetting(f"{name}={value} 不是开关值。", mend="请写 1（开）或 0（关）。")
        return value.lower() in YES

    def number(self, name: str, default: int, means: str) -> int:
        """A whole number above 0."""
        value = self.text(name, str(default), means)
        if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) < 1:
            raise WrongSetting(f"{name}={value} 不是大于 0 的整数。", mend=f"例如 {name}={default}。")
        return int(value)

    def names(self, name: str, default: str, means: str) -> list[str]:
        """Names separated by commas."""
        return [part.strip() for part in self.text(name, default, means).split(",") if part.strip()]

    def folder(self, name: str, default: str, means: str) -> Path:
        """A folder that exists and can be written: made, with its parents, where it is missing."""
        path = Path(self.text(name, default, means)).expanduser().absolute()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WrongSetting(
                f"{name}={path} 不能用作文件夹（{error.strerror}）。", mend="请换一个可写的路径。"
            ) from error
        if not os.access(path, os.W_OK):
            raise WrongSetting(f"{name}={path} 不可写。", mend="请换一个可写的路径，或修改它的权限。")
        return path

    def folder_or_none(self, name: str, default: Path, means: str, *, shown: str) -> Path | None:
        """A folder as `folder` gives it; None where the value says that there is to be none."""
        if self.text(name, str(default), means, shown=shown).lower() in NO:
            return None
        self.known.pop()
        path = self.folder(name, str(default), means)
        self.known[-1] = Setting(name, shown, means)
        return path

    def url(self, name: str, default: str, means: str, *, shown: str, schemes: tuple[str, ...]) -> SplitResult:
        """A URL whose scheme is one of these."""
        value = self.text(name, default, means, shown=shown)
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError as error:
            raise WrongSetting(f"{name}={value} 不是一个地址。") from error
        if parts.scheme not in schemes or "://" not in value:
            choices = " 或 ".join(f"{scheme}://…" for scheme in schemes)
            raise WrongSetting(f"{name}={value} 的开头不对。", mend=f"请写成 {choices}。")
        return parts

    def secret(self, name: str, file: Path, means: str) -> str:
        """The value, or else the content of the file: made, readable by its owner only, where it is missing."""
        value = self.text(name, "", means, shown=f"自动生成，存于 {file.name}")
        return value or _kept_secret(name, file)

    def close(self) -> None:
        """To be called when everything is read: a variable nobody reads is a mistake in spelling."""
        known = [setting.name for setting in self.known]
        for name in sorted(self.values):
            if name.startswith(PREFIX) and name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                mend = f"您要写的是 {near[0]} 吗？" if near else "所有变量见 docs/reference/settings.md。"
                raise WrongSetting(f"没有 {name} 这个变量。", mend=mend)


def _kept_secret(name: str, file: Path) -> str:
    if not file.exists():
        _make_secret(file)
    kept = file.read_text(encoding="ascii").strip()
    if not kept:
        raise WrongSetting(f"{file} 是空的。", mend=f"请删除它（会重新生成），或设置 {name}。")
    return kept


def _make_secret(file: Path) -> None:
    """Whole from the moment it is there: of several processes that start together one makes it, the others read it."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


def path_of(url: SplitResult) -> Path:
    """The path of `sqlite:///var/x` (relative: three strokes) and `sqlite:////srv/x` (absolute: four)."""
    return Path(unquote(url.path[1:] if not url.netloc else url.netloc + url.path)).expanduser().absolute()


def database(url: SplitResult, *, name: str) -> dict[str, object]:
    """Django's description of the database behind this URL, with the house's settings for each kind."""
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path_of(url),
            # Measured with 8 writers: no lock errors with these, thousands with the defaults.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536",
            },
        }
    if importlib.util.find_spec("psycopg") is None:
        raise WrongSetting(
            f"{name} 要用 PostgreSQL，但没有安装它的驱动。", mend="请执行 pip install 'zhiquan[postgres]'。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def search_folder(url: SplitResult, *, name: str) -> Path:
    """Where the embedded index lives; the other engine is refused as long as it is not there."""
    if url.scheme == "opensearch":
        raise WrongSetting(
            f"{name}：这一版还没有 OpenSearch 引擎，它将随该引擎的版本一起提供。",
            mend="请暂用 embedded:///… ，或去掉这个变量。",
        )
    return path_of(url)
