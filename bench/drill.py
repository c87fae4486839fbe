"""The kill drill: desks at work, the whole server killed without warning, the ledger compared."""

import random
import threading
import time
from dataclasses import dataclass

from bench import comparison
from bench.desk import Desk
from bench.engines import databases
from bench.world import World

SHORTEST, LONGEST = 0.5, 3.0  # seconds of work before a kill
AFTERWARDS = 2.0


@dataclass(frozen=True)
class Drilled:
    """What one engine went through."""

    engine: str
    kills: int
    receipts: int
    retries: int
    cards: int
    cases: int
    problems: list[str]


def drill(engine: str, *, kills: int, clients: int, forgets: bool, seed: int) -> Drilled:
    """Run one engine; `forgets` plants the fault that must be noticed."""
    with databases(engine) as database, World(database("drill")) as world:
        world.prepare()
        cookies = world.ask("bench_load", "0")["cookies"]["petugas_pengaduan"]
        look = world.ask("bench_look", "--addresses")
        desks = _work(world, cookies, look, kills, clients, forgets, random.Random(seed))
        world.server.end()
        ledger = world.ask("bench_ledger")
    receipts = [receipt for desk in desks for receipt in desk.receipts]
    found = [problem for desk in desks for problem in desk.problems]
    return Drilled(
        engine=engine,
        kills=kills,
        receipts=len(receipts),
        retries=sum(desk.retries for desk in desks),
        cards=len(ledger["cards"]),
        cases=len(ledger["cases"]),
        problems=found + comparison.problems(receipts, ledger) + _too_little(receipts, kills),
    )


def _work(world, cookies, look, kills, clients, forgets, rng) -> list[Desk]:
    stop = threading.Event()
    desks = [
        Desk(number, world.port, cookies[number % len(cookies)], look, stop, forgets=forgets)
        for number in range(clients)
    ]
    world.server.start()
    for desk in desks:
        desk.start()
    for _ in range(kills):
        time.sleep(rng.uniform(SHORTEST, LONGEST))
        world.server.kill()
        world.server.start()
    time.sleep(AFTERWARDS)
    stop.set()
    for desk in desks:
        desk.join(timeout=120)
    return desks


def _too_little(receipts: list, kills: int) -> list[str]:
    # A drill in which nobody worked proves nothing.
    enough = 5 * (kills + 1)
    return [] if len(receipts) >= enough else [f"only {len(receipts)} acts were acknowledged"]
