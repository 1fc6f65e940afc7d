#!/usr/bin/env python3
"""Checks what the public headers cost a user: CPU time of compiling, as a ratio to Asio's own header.

A header costs at least as much as each header that it includes; so the largest are measured first, and
what one that is within its limit includes need not be measured. A ratio is judged by the median of
several runs, interleaved with runs of the yardstick, because the machine may be busy.

usage: check_budget.py <include dir> <user program> <compiler> [compiler option]...
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HEADER_LIMIT, UMBRELLA_LIMIT, PROGRAM_LIMIT = 0.8, 1.0, 1.2
UMBRELLA = "mec/mec.hpp"
NOT_FOR_USERS = ("mec/mocks/",)  # GoogleMock is dearer than all of Asio
RUNS = 3


class meter:
    def __init__(self, include, compiler, options):
        self.command = [compiler, "-std=c++17", "-O0", "-I", str(include), *options]
        self.scratch = tempfile.TemporaryDirectory()
        self.yardstick = self.including("boost/asio.hpp")

    def including(self, header):
        path = pathlib.Path(self.scratch.name, header.replace("/", "_") + ".cpp")
        path.write_text(f"#include <{header}>\n", "utf-8")
        return path

    def closure(self, source):
        """The files that compiling the source reads."""
        rule = subprocess.run([*self.command, "-M", str(source)], capture_output=True, text=True,
                              check=True).stdout
        return set(rule.split())

    def cost(self, source):
        """Seconds of user and system time of one compilation."""
        before = os.times()
        subprocess.run([*self.command, "-c", "-o", os.devnull, str(source)], check=True)
        after = os.times()
        return after.children_user - before.children_user + after.children_system - before.children_system

    def ratio(self, source, limit):
        """Median ratio to the yardstick; one run where that is well within the limit."""
        ratios = []
        while len(ratios) < RUNS:
            ratios.append(self.cost(source) / self.cost(self.yardstick))
            if ratios[0] < 0.9 * limit:
                break
        return statistics.median(ratios)


def main():
    include, program, compiler, *options = sys.argv[1:]
    include = pathlib.Path(include).resolve()
    costs = meter(include, compiler, options)
    costs.cost(costs.yardstick)  # the first run reads the disk

    headers = {}  # header -> the project's headers that it includes
    for path in sorted(include.rglob("*.hpp")):
        header = path.relative_to(include).as_posix()
        if not header.startswith(NOT_FOR_USERS):
            read = costs.closure(costs.including(header))
            headers[header] = {os.path.relpath(name, include) for name in read
                               if name.startswith(str(include))}
    if len(headers) < 10:
        print(f"only {len(headers)} headers in {include}: the check itself is broken")
        return 1

    failures, within = 0, set()
    subjects = [("a user's program", pathlib.Path(program), PROGRAM_LIMIT)]
    for header in sorted(headers, key=lambda h: -len(headers[h])):
        limit = UMBRELLA_LIMIT if header == UMBRELLA else HEADER_LIMIT
        subjects.append((header, costs.including(header), limit))
    for name, source, limit in subjects:
        if name in within:
            continue
        ratio = costs.ratio(source, limit)
        if ratio <= HEADER_LIMIT:
            within |= headers.get(name, set())
        failures += ratio > limit
        print(f"{ratio:5.2f} of at most {limit:.1f}  {name}{'  TOO DEAR' if ratio > limit else ''}")
    print(f"{len(headers)} headers, {failures} too dear; 1.00 is #include <boost/asio.hpp>")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
