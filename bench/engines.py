"""The two engines a measurement may run on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tools.postgres import Cluster

ENGINES = ("sqlite", "postgresql")


@contextmanager
def databases(engine: str) -> Iterator[Callable[[str], str]]:
    """Give a function name -> DATABASE_URL of a fresh database ("" means a file in the world's folder).

    PostgreSQL writes as durably as in production: an unsafe server would flatter every POST.
    """
    if engine == "sqlite":
        yield lambda name: ""
        return
    with Cluster(durable=True) as cluster:

        def fresh(name: str) -> str:
            cluster.sql(f'CREATE DATABASE "{name}"')
            return cluster.url(name)

        yield fresh
