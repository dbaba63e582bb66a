"""`python -m tests.fuzz --count 1000000 --seed 1 --jobs 2`, and one case again: `python -m tests.fuzz --seed 1 --only 4711`."""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tests.fuzz.judge import case, judge

CHUNK = 500
STUCK = 60  # seconds after which a process that does not answer tells where it is and ends


def main() -> int:
    """Run the cases; 1 where one is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="the number to begin with")
    parser.add_argument("--only", type=int, help="one case; its bytes are written to a file in this folder")
    given = parser.parse_args()
    if given.only is not None:
        return again(given.seed, given.only)
    return run(given.seed, range(given.first, given.first + given.count), given.jobs)


def again(seed: str, number: int) -> int:
    """One case, with all that can be known of it."""
    one = case(seed, number)
    file = Path(f"fuzz-{seed}-{number}-{one.name}")
    file.write_bytes(one.data)
    verdict = judge(one, load=True)
    print(f"{seed}:{number} {one.name}, {len(one.data)} bytes, written to {file}: {verdict}")
    return 0 if verdict in ("taken", "refused") else 1


def run(seed: str, numbers: range, jobs: int) -> int:
    """Many cases in processes of their own: one that ends its process is known by its number."""
    begun = time.monotonic()
    verdicts: Counter[str] = Counter()
    faults: list[str] = []
    chunks = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    chunks.reverse()
    working: dict[Connection, tuple[multiprocessing.Process, range, int]] = {}
    told = begun
    while chunks or working:
        while chunks and len(working) < jobs:
            start(seed, chunks.pop(), working)
        for line in wait(list(working)):
            assert isinstance(line, Connection)
            process, chunk, done = working.pop(line)
            try:
                number, verdict = line.recv()
            except EOFError:
                process.join()
                if done < len(chunk):
                    faults.append(f"{seed}:{chunk[done]} ended the process (status {process.exitcode})")
                    print(faults[-1], flush=True)
                    if rest := chunk[done + 1 :]:
                        chunks.append(rest)
                continue
            working[line] = process, chunk, done + 1
            verdicts[verdict if verdict in ("taken", "refused") else "at fault"] += 1
            if verdict not in ("taken", "refused"):
                faults.append(f"{seed}:{number} {verdict}")
                print(faults[-1], flush=True)
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(f"{sum(verdicts.values()):>9,} of {len(numbers):,}, {told - begun:.0f} s", file=sys.stderr, flush=True)
    print(f"seed {seed}, cases {numbers[0]:,} to {numbers[-1]:,}: {dict(verdicts)} in {time.monotonic() - begun:.0f} s")
    for fault in faults[:100]:
        print(f"  {fault}; again: python -m tests.fuzz --seed {seed} --only {fault.split()[0].partition(':')[2]}")
    return 1 if faults else 0


def start(seed: str, chunk: range, working: dict[Connection, tuple[multiprocessing.Process, range, int]]) -> None:
    """Begin a process on these cases."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_work, args=(seed, chunk, theirs))
    process.start()
    theirs.close()
    working[ours] = process, chunk, 0


def _work(seed: str, chunk: range, line: Connection) -> None:
    for number in chunk:
        faulthandler.dump_traceback_later(STUCK, exit=True)
        try:
            made = case(seed, number)
        except Exception as error:  # noqa: BLE001 - told like any other fault, as the fuzzer's own
            line.send((number, f"THE FUZZER ITSELF: {type(error).__name__}: {error}"))
        else:
            line.send((number, judge(made)))
    faulthandler.cancel_dump_traceback_later()
    line.close()


if __name__ == "__main__":
    sys.exit(main())
