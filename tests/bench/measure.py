"""Runs contenders: pinned to a core, one at a time, and counted where counts are exact."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from scenarios import Contender, Scenario

TIME_LIMIT = 300  # seconds for one run; only a hanging program takes that long


class Failure(Exception):
    """A contender or a tool did not do what it should; the text says which and why."""


def cores() -> tuple[int, int]:
    """The core of the client, and another one for the peer where there is one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def start(command: list[str], core: int, environment: dict[str, str] | None = None) -> subprocess.Popen:
    def pin() -> None:
        os.sched_setaffinity(0, {core})

    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, preexec_fn=pin,
                            env={**os.environ, **(environment or {})})


def finish(process: subprocess.Popen) -> tuple[str, str]:
    """What it wrote to its output and its standard error."""
    try:
        out, err = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    if process.returncode != 0:
        raise Failure(f"{' '.join(process.args)} ended with {process.returncode}: {err.strip()[-500:]}")
    return out, err


class Peer:
    """The platform that answers, as a child process that ends with its standard input."""

    def __init__(self, programs: Path, folder: Path):
        self.ca_file = folder / "ca.pem"
        self._process = subprocess.Popen([programs / "bench_peer", self.ca_file],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line:
            raise Failure(f"bench_peer ended with {self._process.wait()} before it was ready")
        self._ports = json.loads(line)

    def place(self, core: int) -> None:
        os.sched_setaffinity(self._process.pid, {core})

    def arguments(self, scenario: Scenario) -> list[str]:
        if scenario.tls:
            return [f"port={self._ports['tls']}", f"ca={self.ca_file}"]
        return [f"port={self._ports['plain']}"]

    def stop(self) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Bench:
    """Runs contenders of a build directory against one peer."""

    def __init__(self, programs: Path):
        self.programs = programs
        self._folder = tempfile.TemporaryDirectory(prefix="mec-bench-")
        self._scratch = Path(self._folder.name)
        self._peer = Peer(programs, self._scratch)
        self.client_core, self._other_core = cores()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_) -> None:
        self._peer.stop()
        self._folder.cleanup()

    def has(self, contender: Contender) -> bool:
        return (self.programs / f"bench_{contender.program}").exists()

    def prepare(self, scenario: Scenario) -> None:
        self._peer.place(self.client_core if scenario.connections == 1 else self._other_core)

    def _command(self, scenario: Scenario, contender: Contender, requests: int) -> list[str]:
        command = [str(self.programs / f"bench_{contender.program}"), contender.variant,
                   f"requests={requests}", f"connections={scenario.connections}",
                   f"services={scenario.services}"]
        return command + (self._peer.arguments(scenario) if scenario.network else [])

    def _run(self, scenario: Scenario, contender: Contender, requests: int, tool: tuple[str, ...] = (),
             environment: dict[str, str] | None = None) -> tuple[dict[str, float], str]:
        """The contender's result, and what the tool that it runs under wrote to standard error."""
        process = start([*tool, *self._command(scenario, contender, requests)], self.client_core,
                        environment)
        if not scenario.load:
            out, err = finish(process)
            return json.loads(out), err
        try:
            latencies = self._load(scenario, requests, process.stdout.readline())
            out, err = finish(process)
        finally:
            process.kill()
        return {**json.loads(out), **latencies}, err

    def _load(self, scenario: Scenario, requests: int, announced: str) -> dict[str, float]:
        """Sends a server as many notifications as it waits for; gives what the clients waited."""
        if not announced:
            raise Failure("a server ended before it was ready")
        to = json.loads(announced)
        out, _ = finish(start(
            [str(self.programs / "bench_raw"), "post", f"requests={requests}",
             f"connections={scenario.connections}", f"port={to['port']}", f"path={to['path']}"],
            self._other_core))
        return {name: value for name, value in json.loads(out).items() if name in ("p50_us", "p99_us")}

    def time(self, scenario: Scenario, contender: Contender, requests: int) -> dict[str, float]:
        """Rate, CPU and latencies of one run."""
        return self._run(scenario, contender, requests)[0]

    # The counts below are exact per request because what a run costs once (start, handshake,
    # connections) is in a short run and in a long one, and disappears from the difference.

    def _per_request(self, scenario: Scenario, count, short: int, long: int) -> float:
        # A run of N requests warms up with a tenth of N, which counts as well, and with no less than
        # two a connection.
        scale = max(1, scenario.connections // 10)
        return (count(long * scale) - count(short * scale)) / ((long - short) * scale * 1.1)

    def allocations(self, scenario: Scenario, contender: Contender) -> float:
        library = self.programs / "libbench_allocations.so"
        file = self._scratch / "allocations"

        def count(requests: int) -> int:
            self._run(scenario, contender, requests,
                      environment={"LD_PRELOAD": str(library), "BENCH_ALLOCATIONS": str(file)})
            return int(file.read_text().split()[0])

        return self._per_request(scenario, count, 200, 1200)

    def syscalls(self, scenario: Scenario, contender: Contender) -> float | None:
        if shutil.which("strace") is None:
            return None
        file = self._scratch / "strace"

        def count(requests: int) -> int:
            self._run(scenario, contender, requests, ("strace", "-f", "-c", "-o", str(file)))
            total = re.search(r"^\s*100\.00\s+\S+\s+\S+\s+(\d+)(?:\s+\d+)?\s+total$",
                              file.read_text(), re.MULTILINE)
            if total is None:
                raise Failure("strace -c wrote no total")
            return int(total.group(1))

        return self._per_request(scenario, count, 200, 700)

    def instructions(self, scenario: Scenario, contender: Contender) -> float | None:
        """User-space instructions."""
        if shutil.which("valgrind") is None:
            return None

        def count(requests: int) -> int:
            _, told = self._run(scenario, contender, requests,
                                ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"))
            return int(re.search(r"Collected\s*:\s*(\d+)", told).group(1))

        return self._per_request(scenario, count, 100, 400)
