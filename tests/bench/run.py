#!/usr/bin/env python3
"""Runs the benchmarks and prints how the SDK compares; `./dev bench` builds them first.

How it measures, so that a busy machine does not decide the outcome:
- Every round runs every contender once, in an order that rotates from round to round. A ratio is the
  median of the ratios of single rounds.
- One connection: client and peer share a core. On two cores the kernel's wake-up takes longer than the
  request and hides what the client does. Many connections: one core each, the client's is the busy one.
- `CPU us` is user and system time of the client per request (getrusage). It stays when the rate does
  not: believe it first. `CPU : curl` is how many requests the contender does in the CPU time that
  libcurl takes for one; `req/s` beside it is the same by the clock on the wall.
- Allocations, system calls and instructions are exact: what a longer run has more than a shorter one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

import report
from measure import Bench, Failure
from scenarios import SCENARIOS, Scenario

PROBE = 400            # requests of the run that decides how long the others are
SECONDS_PER_RUN = 0.2  # long enough for getrusage, short enough for many rounds
LONGEST = 200_000      # requests
BUSY = 2.5             # load average; the benchmarks themselves are 1 to 2


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_scenario(bench: Bench, scenario: Scenario, options: argparse.Namespace) -> dict[str, dict]:
    contenders = [c for c in scenario.contenders if bench.has(c)]
    for missing in set(scenario.contenders) - set(contenders):
        say(f"    without {missing.name}: bench_{missing.program} was not built")
    bench.prepare(scenario)
    requests = {}
    for c in contenders:
        rate = bench.time(scenario, c, PROBE)["rate"]
        requests[c] = min(max(int(rate * SECONDS_PER_RUN), PROBE), LONGEST)
    rounds = {c.name: [] for c in contenders}
    for number in range(options.rounds):
        shift = number % len(contenders)
        for c in contenders[shift:] + contenders[:shift]:
            rounds[c.name].append(bench.time(scenario, c, requests[c]))
    summary = report.summarise(rounds, scenario.baselines)
    for c in contenders:
        row = summary[c.name]
        row["allocations"] = bench.allocations(scenario, c)
        if scenario.network:
            row["syscalls"] = bench.syscalls(scenario, c)
        if options.instructions:
            row["instructions"] = bench.instructions(scenario, c)
    return summary


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("regex", nargs="?", default="",
                        help="only scenarios whose name matches: " +
                             ", ".join(s.name for s in SCENARIOS))
    parser.add_argument("--build", type=Path, default=Path("build/bench"), help="build directory")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--instructions", action="store_true",
                        help="also count instructions (valgrind; some minutes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--check", action="store_true",
                        help="exit with 1 when an aim that does not depend on time is missed")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds: expected a positive number")
    return options


def print_verdicts(verdicts: list[dict]) -> None:
    if not verdicts:
        return
    print("Aims")
    width = max(len(v["aim"]) for v in verdicts)
    for v in verdicts:
        print(f"  {'met   ' if v['met'] else 'MISSED'}  {v['aim'].ljust(width)}  "
              f"{v['limit']:>8}  {v['value']:g}" +
              (f" (raw sockets: {v['ceiling']:.2f})" if v["ceiling"] else ""))


def main() -> int:
    options = parse()
    chosen = [s for s in SCENARIOS if re.search(options.regex, s.name)]
    if not chosen:
        say(f"no scenario matches '{options.regex}'; there are " +
            ", ".join(s.name for s in SCENARIOS))
        return 2
    for tool, wanted in (("strace", True), ("valgrind", options.instructions)):
        if wanted and shutil.which(tool) is None:
            say(f"{tool} is not installed: its column stays empty")
    began = time.monotonic()
    facts = report.machine(options.build)
    results = {}
    for name, fact in facts.items():
        print(f"{name + ':':11}{fact}")
    with Bench(options.build / "tests" / "bench") as bench:
        for scenario in chosen:
            say(f"... {scenario.name}")
            results[scenario.name] = run_scenario(bench, scenario, options)
            print(f"\n{scenario.name}: {scenario.title}\n" +
                  report.table(results[scenario.name], list(scenario.baselines),
                               options.instructions), flush=True)
    verdicts = report.judge(results)
    load = os.getloadavg()[0]
    print(f"\nRatios are medians [least-greatest] of {options.rounds} rounds; "
          f"load at the end: {load:.1f}; {time.monotonic() - began:.0f} s")
    if load > BUSY:
        print("Others were using this machine as well: go by CPU and by the counts, not by req/s.")
    print()
    print_verdicts(verdicts)
    if options.json:
        options.json.write_text(json.dumps(
            {"machine": facts, "rounds": options.rounds, "scenarios": results, "aims": verdicts},
            indent=1) + "\n")
    missed = any(v["exact"] and not v["met"] for v in verdicts)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        say(f"error: {failure}")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
