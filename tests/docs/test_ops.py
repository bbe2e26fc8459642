"""docs/ops: commands of `sh` blocks run one after the other and print what stands below them; the files are well formed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from zhiquan.site.cli import COMMANDS

FOLDER = ROOT / "docs/ops"
PAGES = sorted(FOLDER.glob("*.md"))
FILES = FOLDER / "files"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text(page):
    return page.read_text(encoding="utf-8")


def steps(page):
    """Each `sh` block with the output that is promised right below it, if any."""
    blocks = list(BLOCK.finditer(text(page)))
    for at, block in enumerate(blocks):
        if block[1] == "sh":
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            right_below = (
                following and following[1] == "text" and not text(page)[block.end() : following.start()].strip()
            )
            yield block[2], following[2] if right_below else None


RUN = [page for page in PAGES if any(True for _ in steps(page))]


@pytest.fixture
def shell(tmp_path):
    """A shell in an empty folder where `zhiquan` is this checkout, and one setting is that of another shell before."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/zhiquan"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zhiquan.site.cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    named = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
    return named | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_the_commands_of_a_page_run_and_print_what_it_says(page, shell, tmp_path):
    mark = "-----8<-----"
    script = "set -eu\n" + "".join(f"{commands}\necho '{mark}'\n" for commands, _ in steps(page))
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=shell, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    printed = done.stdout.split(f"{mark}\n")
    for (commands, promised), said in zip(steps(page), printed, strict=False):
        if promised is not None:
            pattern = re.escape(promised).replace("…", ".*")
            assert re.fullmatch(pattern, said), f"{commands}\n{said}"


def test_the_pages_with_commands_are_the_ones_that_matter():
    assert {page.stem for page in RUN} >= {"backup", "monitoring", "trouble"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_named_is_one_there_is(page):
    named = set(re.findall(r"(?:^|[`/$ ])zhiquan ([a-z]+)", text(page)))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page)):
        assert (page.parent / target).exists(), target


def test_settings_named_are_settings_there_are():
    known = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for path in [*PAGES, *FILES.iterdir()]:
        for name in re.findall(r"ZHIQUAN_[A-Z_]+[A-Z]", text(path)):
            assert f"`{name}`" in known, (path.name, name)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
def test_the_units_are_well_formed(tmp_path):
    for unit in FILES.glob("zhiquan*.*e*"):
        if unit.suffix in (".service", ".timer"):
            # Programs and folders of the server are not on this machine: what is judged is how it is written.
            content = re.sub(r"/opt/zhiquan/\.venv/bin/zhiquan", "/bin/true", text(unit)).replace(
                "/usr/bin/find", "/bin/true"
            )
            (tmp_path / unit.name).write_text(content, encoding="utf-8")
    units = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in done.stderr.splitlines() if "zhiquan" in line and "not-found" not in line]
    assert len(units) == 3 and about_ours == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx on this machine: apt-get install nginx-light")
def test_nginx_takes_its_configuration(tmp_path):
    subject = ["-subj", "/CN=ip.example.org", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject], check=True, capture_output=True
    )
    ours = text(FILES / "nginx.conf").replace("/etc/ssl/zhiquan/fullchain.pem", str(tmp_path / "cert.pem"))
    ours = ours.replace("/etc/ssl/zhiquan/key.pem", str(tmp_path / "key.pem")).replace("/var/log/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {ours} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    done = subprocess.run(
        ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_proxy_says_to_the_site_what_it_believes_and_writes_no_query():
    conf = text(FILES / "nginx.conf")
    for header in ("Host", "X-Forwarded-Proto", "X-Real-IP", "X-Forwarded-For", "X-Request-ID"):
        assert re.search(rf"proxy_set_header\s+{header}\s", conf)
    logged = conf[conf.index("log_format") : conf.index("upstream")]
    assert "$uri" in logged and "$request_uri" not in logged and "$args" not in logged and '$request"' not in logged


def test_logs_of_the_proxy_are_kept_as_long_as_ours():
    assert int(re.search(r"rotate (\d+)", text(FILES / "logrotate-nginx"))[1]) >= 184
