"""Two Ray nodes on loopback, one killed in the middle: the same bytes as in one process."""

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casebook.conftest import numbered
from casebook.hostile_coder import CONFIGURATION, HostileCoder
from casebook.test_supervised import spec
from detente.casebook.corpus import Corpus
from detente.engine import Serial
from detente.engine.cluster import Ray
from detente.settings import Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="the extra ray is not installed: pip install 'detente[ray]'",
    ),
]
HERE = Path(__file__).parent
COUNT = 240
SETTINGS = Settings(shard_documents=6)


class Cluster:
    """A head on 127.0.0.2 and a second node on 127.0.0.3, each with one core."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.address = f"127.0.0.2:{self.port}"
        self.nodes = []

    def start(self, *options):
        command = [
            sys.executable, "-m", "ray.scripts.scripts", "start", "--block", "--num-cpus=1",
            "--disable-usage-stats",
            f"--object-store-memory={100 * 1024 * 1024}", *options,
        ]  # fmt: skip
        node = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.nodes.append(node)
        return node

    def wait(self, count, seconds=90):
        import ray

        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if not ray.is_initialized():
                    ray.init(address=self.address, logging_level="ERROR", log_to_driver=False)
                if sum(node["Alive"] for node in ray.nodes()) == count:
                    return
            except ConnectionError:
                pass
            time.sleep(0.5)
        raise AssertionError(f"the cluster did not come to {count} nodes")

    def kill(self, node):
        """As when the power goes: every process of the node at once."""
        os.killpg(node.pid, signal.SIGKILL)
        node.wait()

    def stop(self):
        for node in self.nodes:
            if node.poll() is None:
                self.kill(node)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.2", 0))
        return listener.getsockname()[1]


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    monkeypatch.setenv("RAY_health_check_period_ms", "500")
    monkeypatch.setenv("RAY_health_check_failure_threshold", "3")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE.parent), *sys.path]))
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    made = Cluster(tmp_path)
    yield made
    import ray

    ray.shutdown()
    made.stop()


def listening():
    """Return the addresses on which something listens, other than loopback."""
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A":
            found.add(bytes.fromhex(fields[1].partition(":")[0])[::-1])
    return {".".join(map(str, address)) for address in found if address[0] != 127}


def test_a_node_that_dies_in_the_middle_changes_nothing(cluster, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(HERE.parent))
    before = listening()
    cluster.start(
        "--head",
        "--include-dashboard=false",
        "--node-ip-address=127.0.0.2",
        f"--port={cluster.port}",
    )
    cluster.wait(1)
    second = cluster.start(f"--address={cluster.address}", "--node-ip-address=127.0.0.3")
    cluster.wait(2)
    found = {}
    for name, backend, code in (
        ("serial", Serial(), HostileCoder("").code),
        ("ray", Ray(address=cluster.address), spec(slow=0.02)),
    ):
        corpus = Corpus(tmp_path / name, SETTINGS, coder=("1", CONFIGURATION))
        seen = []

        def progress(done, total, seen=seen, name=name):
            seen.append(done)
            if name == "ray" and len(seen) == 5:
                cluster.kill(second)

        with corpus.held():
            plan = corpus.plan(lambda: numbered(COUNT), sources="s")
            report = corpus.run(plan, code, backend=backend, progress=progress)
        assert report.coded == COUNT
        found[name] = {
            str(p.relative_to(tmp_path / name)): p.read_bytes()
            for p in sorted((tmp_path / name).rglob("*.*"))
            if p.is_file() and p.name != "writer.lock"
        }
    import ray

    assert sum(node["Alive"] for node in ray.nodes()) == 1
    assert found["ray"] == found["serial"]
    assert listening() - before == set()
