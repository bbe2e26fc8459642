"""`zhiquan serve`: the web server and what works beside it, each a child process that is started again when it dies."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import click
from django.contrib.auth import get_user_model

from patmark.errors import BadInput

WEB = (
    *("granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"),
    "--respawn-failed-workers",
    # A worker told to stop while it is still starting does not hear it (granian 2.8), and would keep the port.
    *("--workers-kill-timeout", "5s"),
)
#: What runs beside the web server, by name: commands of `zhiquan`.
COMPANIONS: dict[str, tuple[str, ...]] = {"索引": ("follow",), "导入": ("work",)}
LIVED = 30.0
LONGEST_PAUSE = 30.0
PATIENCE = 10.0
TICK = 0.2
#: How long the first page may take on a machine that is busy starting.
FIRST_ANSWER = 2.0


@dataclass(slots=True)
class Child:
    """One process under supervision: started again when it dies, after a pause that doubles while it keeps dying."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = 0.5

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops its children in order.
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command],
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (the supervisor has one thread)
        )
        self.started = time.monotonic()

    def keep_alive(self) -> bool:
        """Start it again if it is dead and its pause is over; whether it was found alive."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.start()
        elif (status := self.process.poll()) is not None:
            self.pause = 0.5 if now - self.started > LIVED else min(self.pause * 2, LONGEST_PAUSE)
            self.wait(until=now)
            self.process, self.again_at = None, now + self.pause
            click.echo(f"{self.name}进程已退出（{status}），{self.pause:g} 秒后重新启动。", err=True)
        else:
            return True
        return False

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end, then clear away whatever of its own children it left behind."""
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, until - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(slots=True)
class Supervisor:
    """Keeps its children alive until it is told to stop, then stops them all."""

    children: list[Child]
    host: str
    port: int
    asked_to_stop: bool = field(default=False, init=False)
    announced: bool = field(default=False, init=False)

    def run(self) -> None:
        with _signals(self.stop):
            try:
                while not self.asked_to_stop:
                    alive = [child.keep_alive() for child in self.children]
                    self.announced = self.announced and alive[0]
                    self.announce()
                    time.sleep(TICK)
            finally:
                for child in self.children:
                    child.stop()
                until = time.monotonic() + PATIENCE
                for child in self.children:
                    child.wait(until)

    def stop(self, *_signal: object) -> None:
        self.asked_to_stop = True

    def announce(self) -> None:
        """Say where the site is, once it answers."""
        if not self.announced and _answers(self.host, self.port):
            self.announced = True
            click.echo(f"知泉已启动：{_shown(self.host, self.port)}  （按 Ctrl-C 停止）")


@click.command(help="启动网站以及随它工作的进程。")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听的地址。")
@click.option(
    "--port", default=8000, show_default=True, metavar="端口", type=click.IntRange(1, 65535), help="监听的端口。"
)
def serve(host: str, port: int) -> None:
    """Run until told to stop (SIGINT, SIGTERM)."""
    _bindable(host, port)
    if not get_user_model().objects.filter(is_superuser=True).exists():
        click.echo("还没有管理员。另开一个终端执行：zhiquan admin create 用户名")
    web = Child("网站", (*WEB, "--host", host, "--port", str(port), "zhiquan.site.wsgi:application"))
    companions = [Child(name, ("zhiquan.site.cli", *command)) for name, command in COMPANIONS.items()]
    Supervisor([web, *companions], host, port).run()
    click.echo("知泉已停止。")


def _bindable(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"不能监听 {host}:{port}（{reason}）。", mend="请换一个端口，例如 --port 8001。") from error


def _answers(host: str, port: int) -> bool:
    """Whether a page comes back, which is later than when the port accepts."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(here, port, timeout=FIRST_ANSWER)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/health/")
        return connection.getresponse().status > 0
    return False


def _shown(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


@contextlib.contextmanager
def _signals(stop: signal._HANDLER) -> Iterator[None]:
    """SIGTERM and SIGINT ask for a stop as long as the server runs."""
    former = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """On Linux a supervisor that is killed outright takes its children along, which would else keep the port."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
