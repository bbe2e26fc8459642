"""A running site with the sample, and a browser before it; without Chromium the journeys are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.architecture.tree import ROOT
from tests.site.test_serve import free_port, read_until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


#: Who may do everything on the running site.
STAFF, PASSWORD = "li", "correct-horse-77"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site runs. It starts empty and takes the sample while it starts, as on anybody's first day."""
    home, port = tmp_path_factory.mktemp("e2e"), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
    # Half a dozen processes start here; what one of them has compiled, the others need not.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    own = {"ZHIQUAN_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}
    told = {"cwd": ROOT, "env": kept | own, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    command = [sys.executable, "-u", "-m", "zhiquan.site.cli"]
    server = subprocess.Popen([*command, "serve", "--port", str(port)], **told)
    try:
        imported = subprocess.run([*command, "import", "--sample"], check=False, **told)
        assert imported.returncode == 0, imported.stdout
        create = [*command, "admin", "create", STAFF, "--password-stdin"]
        subprocess.run(create, input=PASSWORD + "\n", check=True, **told)
        read_until(server, "知泉已启动")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate()


@pytest.fixture
def seen(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page before which nobody has been; `@pytest.mark.parametrize("seen", [{…}], indirect=True)` sets its traits.

    With E2E_PICTURES=folder every test leaves a picture of how its page looked at the end.
    """
    traits = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US", **getattr(request, "param", {})}
    context = browser.new_context(base_url=address, **traits)
    context.set_default_timeout(15_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda told: (
            wrong.append(told.text)
            if told.type == "error" and "503" not in told.text and "400" not in told.text and "404" not in told.text
            else None
        ),
    )
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    yield page
    if folder := os.environ.get("E2E_PICTURES"):
        page.screenshot(path=Path(folder) / f"{request.node.name[:80].replace('/', '_')}.png", full_page=True)
    context.close()
    assert wrong == [], "errors on the page, or something asked of another machine"


@pytest.fixture
def staff(seen: Page) -> Page:
    """The page before a member of staff who has signed in."""
    seen.goto("/sign-in/")
    seen.locator("input[name=username]").fill(STAFF)
    seen.locator("input[name=password]").fill(PASSWORD)
    seen.locator("main button").click()
    return seen
