"""What the entry point ``dask`` of the group ``policysite.schedulers`` leads to."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from policysite.cluster.dask_scheduler import Cluster

if TYPE_CHECKING:
    from policysite.build.scheduler import SchedulerPlugin


class DaskPlugin:
    """Building on a Dask cluster; see :class:`policysite.build.scheduler.SchedulerPlugin`."""

    def scheduler(self, address: str, shared: str, patience: float) -> Cluster:
        """Return the workers of the scheduler at *address*."""
        # Where Dask has something to say, problems say it in fewer words.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        return Cluster(address, shared, patience=patience)

    def scheduler_command(self, host: str, port: int) -> list[str]:
        """Return the command that starts a scheduler."""
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
        return [*command, "--host", host, "--port", str(port)]

    def worker_command(self, address: str) -> list[str]:
        """Return the command that starts one worker process a core."""
        command = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-dashboard"]
        # A worker holds no results in its memory, which Dask would otherwise watch.
        return [*command, address, "--nworkers", "-1", "--nthreads", "1", "--memory-limit", "0"]


PLUGIN: SchedulerPlugin = DaskPlugin()
