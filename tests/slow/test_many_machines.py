"""Twenty policies in ten languages on a cluster, whose workers are killed with kill -9: byte for byte what one machine makes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from cluster import Cluster, write_policies
from cluster_building import contents
from support import DAY, ROOT

POLICIES, LANGUAGES = 20, 10


def command(root: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "policysite", "build", "--root", os.fspath(root), *options]


def workers_below(nanny: int) -> list[int]:
    """Return the processes that a nanny has started and that work."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
            line = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == nanny and b"spawn_main" in line:
            found.append(int(stat.parent.name))
    return found


def test_twenty_policies_in_ten_languages_are_the_same_from_one_machine_and_from_many(
    tmp_path: Path,
) -> None:
    environ = {**os.environ, **DAY}
    here, there = (write_policies(tmp_path / name, POLICIES, LANGUAGES) for name in ("a", "정책"))
    subprocess.run(command(here), cwd=ROOT, env=environ, check=True)
    with Cluster(tmp_path / "cluster") as cluster:
        # As policysite worker starts them: with a nanny, which starts a new one for one that died.
        nannies = [cluster.add_worker("--nworkers", "1", "--nthreads", "1") for _ in range(2)]
        options = ["--json", "--scheduler", cluster.address, "--shared", str(tmp_path / "shared")]
        run = subprocess.Popen(
            command(there, *options), cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
        )
        assert run.stdout is not None
        killed, told = 0, []
        for line in run.stdout:
            told.append(json.loads(line))
            writing = told[-1]["event"] == "progress" and told[-1]["phase"] == "write"
            if writing and killed < len(nannies) and len(told) > 20 * (killed + 1):
                (victim,) = workers_below(nannies[killed].pid)
                os.kill(victim, signal.SIGKILL)
                killed += 1
        assert run.wait() == 0
        assert killed == 2
        assert cluster.log().count("was killed by signal 9") == 2
    one, other = contents(here / "_build/html"), contents(there / "_build/html")
    assert len([name for name in one if name.endswith(".html")]) == 2032
    assert one == other
    assert list((tmp_path / "shared").iterdir()) == []
    assert told[-1]["event"] == "summary"
    assert len(told[-1]["built"]) == LANGUAGES
