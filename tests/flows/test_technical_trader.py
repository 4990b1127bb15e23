"""The Prefect flow against a real server: the same bytes as without Prefect, names, errors, and being served."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0

pytestmark = pytest.mark.slow


class Server:
    """A Prefect server of these tests alone."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TECHNICAL_TRADER_"))
        }
        self.environ |= {
            "PREFECT_HOME": str(home),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        }

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(self.port), "--no-ui"]
        return subprocess.Popen(command, env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(self, path: str, **body: Any) -> Any:
        """The answer of the server's API to a POST; a GET without body. A busy database (503) is asked again."""
        data = json.dumps(body).encode() if body else None
        call = Request(f"{self.api}/{path}", data, {"content-type": "application/json"})
        for _ in range(20):
            try:
                with urlopen(call, timeout=10) as answer:
                    return json.load(answer)
            except HTTPError as error:
                if error.code != 503:
                    raise
            time.sleep(0.5)
        raise TimeoutError(f"{path}: the server stays busy")

    def healthy(self) -> bool:
        try:
            return self.ask("health") is True
        except (URLError, OSError):
            return False

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "pipeline.cli", *arguments]

    def trader(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run technical-trader in a folder against this server."""
        environ = self.environ | {"PREFECT_API_URL": self.api}
        return subprocess.run(
            self.command(*arguments), cwd=folder, env=environ, capture_output=True, text=True, check=False
        )


def wait_for(what: Callable[[], Any], why: Callable[[], str] = lambda: "") -> Any:
    """What a call gives once it gives anything true. Fails after a while."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.25)
    pytest.fail(f"waited {PATIENCE:g} s in vain {why()}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("prefect"))
    process = server.start()
    wait_for(server.healthy)
    yield server
    process.terminate()
    process.wait(timeout=20)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_flow_publishes_the_same_bytes_as_write(server: Server, tmp_path: Path) -> None:
    by_flow = server.trader(tmp_path, "run", "--outputs", "flow", "--as-of", "2018-06-29")
    direct = server.trader(tmp_path, "write", "--outputs", "direct", "--as-of", "2018-06-29")
    assert (by_flow.returncode, by_flow.stderr.count("Traceback")) == (0, 0), by_flow.stderr
    assert by_flow.stdout == direct.stdout.replace("direct/", "flow/")
    one, other = files(tmp_path / "flow"), files(tmp_path / "direct")
    times = "2018-06-29/IXIC/run.json"
    assert {name for name in one | other if one.get(name) != other.get(name)} == {times}
    first, second = json.loads(one[times]), json.loads(other[times])
    assert {name for name in first if first[name] != second[name]} == {"started", "completed", "stages"}

    run = server.ask("flow_runs/filter", flows={"name": {"any_": ["technical-trader"]}})[0]
    assert run["name"] == "IXIC 2018-06-29"
    assert set(run["parameters"]) == {"instrument", "benchmark", "as_of", "source", "writer", "model"}
    tasks = server.ask("task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})
    stages = ("bars", "facts", "draft", "check", "chart", "publish")
    assert {task["name"] for task in tasks} == {f"{stage} IXIC 2018-06-29" for stage in stages}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}


def test_bad_input_ends_a_run_as_it_ends_write(server: Server, tmp_path: Path) -> None:
    by_flow, direct = (server.trader(tmp_path, how, "--as-of", "2018-12-25") for how in ("run", "write"))
    assert (by_flow.returncode, direct.returncode, by_flow.stdout) == (2, 2, "")
    assert by_flow.stderr.splitlines()[-1] == direct.stderr.splitlines()[-1]
    assert [line for line in by_flow.stderr.splitlines() if "Traceback" in line or "ERROR" in line] == []
    assert not (tmp_path / "outputs").exists()


def test_a_served_flow_runs_from_the_api_and_ends_on_a_signal(server: Server, tmp_path: Path) -> None:
    environ = server.environ | {"PREFECT_API_URL": server.api}
    command = server.command("serve", "--outputs", "served", "--source", "sample")
    log = tmp_path / "log"
    with log.open("w") as told:
        serving = subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=told, stderr=told)
    try:
        found = {"deployments": {"name": {"any_": ["after-the-close"]}}}
        deployment = wait_for(lambda: server.ask("deployments/filter", **found), log.read_text)[0]
        assert deployment["schedules"][0]["schedule"]["timezone"] == "America/New_York"
        asked = {"parameters": {"as_of": "2018-03-29"}, "state": {"type": "SCHEDULED"}}
        server.ask(f"deployments/{deployment['id']}/create_flow_run", **asked)
        article = tmp_path / "served" / "2018-03-29" / "IXIC" / "article.md"
        wait_for(article.is_file, log.read_text)
    finally:
        serving.send_signal(signal.SIGTERM)
        code = serving.wait(timeout=30)
    assert code == 0, log.read_text()
    assert "Traceback" not in log.read_text()
    assert server.ask(f"deployments/{deployment['id']}")["paused"] is False
