"""One engine measured: a world per size, all sizes and subjects interleaved in the same rounds."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench import forms
from bench.client import Client
from bench.engines import databases
from bench.measure import Result, interleaved
from bench.subjects import BARE, CARD, FLOOR, PAGES
from bench.world import World

DESKS, EACH, TURNS = 8, 12, 5  # people at once, forms of each, alternations


@dataclass(frozen=True)
class Throughput:
    """Forms accepted per second by eight desks at once: median over the turns, and refusals."""

    card: float
    bare: float
    errors: int


@dataclass(frozen=True)
class Measured:
    """Everything one engine gave: results by (size, subject), what pages hold, eight desks, loading."""

    engine: str
    sizes: list[int]
    results: dict[tuple[int, str], Result]
    pages: dict[int, dict[str, dict]]
    desks: dict[int, Throughput]
    loaded: dict[int, dict]


@dataclass
class Prepared:
    """A loaded world with its server running."""

    world: World
    cookies: dict[str, list[dict]]
    look: dict
    loaded: dict

    def client(self, role: str, number: int = 0) -> Client:
        return Client(self.world.port, self.cookies[role][number])


def measure(engine: str, sizes: list[int], *, rounds: int, say: Callable[[str], None]) -> Measured:
    """Load every size, start every server, and measure all of them together."""
    with databases(engine) as database, ExitStack() as stack:
        ready = {}
        for size in sizes:
            say(f"{engine}: loading {size:,} cases")
            world = stack.enter_context(World(database(f"cases{size}")))
            ready[size] = _prepare(world, size)
        subjects = {(size, name): act for size in sizes for name, act in _subjects(ready[size]).items()}
        say(f"{engine}: measuring {len(subjects)} subjects, {rounds} rounds")
        results = interleaved(subjects, rounds=rounds)
        say(f"{engine}: eight desks")
        return Measured(
            engine=engine,
            sizes=sizes,
            results=results,
            pages={size: one.look["pages"] for size, one in ready.items()},
            desks={size: _eight_desks(one) for size, one in ready.items()},
            loaded={size: one.loaded for size, one in ready.items()},
        )


def _prepare(world: World, size: int) -> Prepared:
    world.prepare()
    loaded = world.ask("bench_load", str(size))
    cookies = loaded.pop("cookies")
    look = world.ask("bench_look")
    world.server.start()
    return Prepared(world, cookies, look, loaded)


def _subjects(ready: Prepared) -> dict[str, Callable[[], float]]:
    """Return name -> one timed gesture of seconds."""
    officer = ready.client("petugas_pengaduan")
    people = {page.role: ready.client(page.role) for page in PAGES}
    subjects = {FLOOR: _opening(people["manajer_kasus"], "/bench/baris/500/")}
    for page in PAGES:
        subjects[page.name] = _opening(people[page.role], ready.look["pages"][page.name]["path"])
    subjects[BARE] = _sending(officer, forms.BARE, forms.bare(officer.form(forms.BARE, "words")))
    subjects[CARD] = _sending_cards(officer, ready.look)
    return subjects


def _opening(client: Client, path: str) -> Callable[[], float]:
    def act() -> float:
        return _expect(200, path, client.get(path))

    return act


def _sending(client: Client, path: str, fields: dict) -> Callable[[], float]:
    def act() -> float:
        return _expect(303, path, client.post(path, fields))

    return act


def _sending_cards(client: Client, look: dict) -> Callable[[], float]:
    blank = client.form(look["card"], "summary")

    def act() -> float:
        return _expect(303, look["card"], client.post(look["card"], forms.card(blank, look["need"])))

    return act


def _expect(wanted: int, path: str, answer: tuple[int, str, float]) -> float:
    status, _, seconds = answer
    if status != wanted:
        raise RuntimeError(f"{path} answered {status} instead of {wanted}")
    return seconds


# Eight desks ----------------------------------------------------------------------------------------


def _eight_desks(ready: Prepared) -> Throughput:
    """Let eight people send cards, then bare forms, in turns."""
    clients = [ready.client("petugas_pengaduan", number) for number in range(DESKS)]
    cards = [_sending_cards(client, ready.look) for client in clients]
    bares = [_sending(client, forms.BARE, forms.bare(client.form(forms.BARE, "words"))) for client in clients]
    rates: dict[str, list[float]] = {"card": [], "bare": []}
    errors = 0
    for turn in range(TURNS + 1):
        for name, acts in (("card", cards), ("bare", bares)):
            rate, refused = _at_once(acts)
            errors += refused
            if turn:  # the first one warms up
                rates[name].append(rate)
    return Throughput(median(rates["card"]), median(rates["bare"]), errors)


def _at_once(acts: list[Callable[[], float]]) -> tuple[float, int]:
    """Run every act EACH times, all desks at once; return (accepted per second, refused)."""
    refused: list[str] = []

    def desk(act):
        for _ in range(EACH):
            try:
                act()
            except (OSError, RuntimeError) as problem:
                refused.append(str(problem))

    threads = [threading.Thread(target=desk, args=(act,)) for act in acts]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    return (len(acts) * EACH - len(refused)) / seconds, len(refused)
