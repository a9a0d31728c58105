"""A function and batches in, results in the order of the batches out, by whatever processes there are.

An engine is one callable, ``map_batches``; engines know nothing of language, so a new one is a file here and a line
in ``get``. Importing this package loads no engine.
"""

from __future__ import annotations

import functools

from outsource_nlp.engines.protocol import Lost, MapBatches
from outsource_nlp.errors import ConfigurationError

NAMES = ("local", "dask")

__all__ = ["NAMES", "Lost", "MapBatches", "get"]


def get(name: str, *, scheduler: str = "") -> MapBatches:
    """The ``map_batches`` of an engine.

    Args:
        name: ``local`` or ``dask``.
        scheduler: address of a running Dask scheduler; empty for processes of this machine.

    Raises:
        ConfigurationError: no such engine, its extra is not installed, or it takes no scheduler.
    """
    if name == "dask":
        from outsource_nlp.engines import dask

        dask.require()
        return functools.partial(dask.map_batches, scheduler=scheduler)
    if name != "local":
        raise ConfigurationError.bad_setting("engine", name, " or ".join(NAMES))
    if scheduler:
        raise ConfigurationError.bad_setting("scheduler", scheduler, "nothing, unless the engine is dask")
    from outsource_nlp.engines import local

    return local.map_batches
