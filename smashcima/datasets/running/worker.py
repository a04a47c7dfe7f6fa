"""A worker process: makes shards, one at a time, and says which sample it has begun."""

from __future__ import annotations

import os
import signal
import threading
import traceback
import warnings
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path

from smashcima.datasets.generation import SampleFailure, SampleMaker
from smashcima.datasets.layouts import make_layout
from smashcima.datasets.running.output_folder import OutputFolder, ShardManifest
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.shards import write_shard
from smashcima.errors import SmashcimaError


@dataclass(frozen=True)
class Task:
    """A shard to be made."""

    shard: int
    given_up: tuple[SampleFailure, ...] = ()
    retries: int = 0


@dataclass(frozen=True)
class Ready:
    """The worker waits for its first task."""


@dataclass(frozen=True)
class Began:
    """The worker makes a sample now."""

    sample: int


@dataclass(frozen=True)
class Finished:
    """A shard is complete."""

    manifest: ShardManifest


@dataclass(frozen=True)
class Stopped:
    """The worker cannot continue, and no other could."""

    reason: str
    is_output: bool = False
    """Whether the reason is that the output folder cannot be written."""


Message = Ready | Began | Finished | Stopped


def work(connection: Connection, parcel: PlanParcel, root: Path) -> None:
    """Makes the shards of the tasks that arrive, until `None` does; the main function of a worker process."""
    # The process that checked the model has shown its warnings.
    warnings.simplefilter("ignore", UserWarning)
    # Ctrl-C reaches all processes of a terminal; the parent decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        connection.send(_carried_out(connection, parcel, root))
    except (BrokenPipeError, EOFError):  # the parent has ended
        return


def _carried_out(connection: Connection, parcel: PlanParcel, root: Path) -> Message | None:
    """Makes shards; returns the reason to stop early, or `None`."""
    try:
        plan = parcel.open()
        maker, layout, output = SampleMaker(plan), make_layout(plan.layout), OutputFolder(root)
        connection.send(Ready())
        while (task := connection.recv()) is not None:
            manifest = write_shard(
                maker,
                layout,
                output,
                task.shard,
                given_up=task.given_up,
                retries=task.retries,
                tell=lambda sample: connection.send(Began(sample)),
            )
            connection.send(Finished(manifest))
    except (BrokenPipeError, EOFError):
        raise
    except SmashcimaError as error:
        return Stopped(str(error))
    except OSError as error:
        return Stopped(error.strerror or str(error), is_output=True)
    except Exception:  # noqa: BLE001 - told to the parent, which raises it
        return Stopped(traceback.format_exc())
    return None


def _end_with_parent() -> None:
    """Ends this process when its parent ends, however that happened."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
