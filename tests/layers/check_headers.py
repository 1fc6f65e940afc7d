#!/usr/bin/env python3
"""Checks the public headers: that CMake installs all of them, that each compiles alone, and what they
drag in.

usage: check_headers.py listed <include dir> <target>=<file with its headers>...
       check_headers.py alone <include dir> <compiler> <C++ standard> [compiler option]...
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# Headers of these folders belong to a target of their own; all others to mec_sdk.
OWN_TARGET = {"emulator": "mec_emulator", "testing": "mec_testing", "mocks": "mec_mocks"}
FORBIDDEN = re.compile(r"/boost/(beast|asio/ssl)|/rapidjson/|/openssl/")
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wold-style-cast", "-Werror"]


def public_headers(include):
    return sorted(path.relative_to(include).as_posix() for path in include.rglob("*.hpp"))


def listed(include, *lists):
    """Every header is in the file set of its target, and every entry of a file set exists."""
    sets = {}
    for item in lists:
        target, file = item.split("=")
        names = pathlib.Path(file).read_text("utf-8").split()
        sets[target] = [os.path.relpath(name, include) for name in names]
    problems = []
    for header in public_headers(include):
        target = OWN_TARGET.get(header.split("/")[1], "mec_sdk")
        if header not in sets.get(target, []):
            problems.append(f"{header}: not in the header list of {target}; it would not be installed")
        for other, names in sets.items():
            if other != target and header in names:
                problems.append(f"{header}: in the header list of {other}; belongs to {target}")
    for target, names in sets.items():
        for name in names:
            if not (include / name).is_file():
                problems.append(f"{name}: in the header list of {target}, but there is no such file")
            if names.count(name) > 1:
                problems.append(f"{name}: twice in the header list of {target}")
    print(f"{len(public_headers(include))} headers, {len(lists)} targets")
    return sorted(set(problems))


def compile_alone(header, include, compiler, standard, options):
    """The diagnostics of a file that only includes the header, twice, and what that reads."""
    with tempfile.TemporaryDirectory() as scratch:
        source, deps = pathlib.Path(scratch, "alone.cpp"), pathlib.Path(scratch, "alone.d")
        source.write_text(f"#include <{header}>\n#include <{header}>\n", "utf-8")
        run = subprocess.run(
            [compiler, f"-std=c++{standard}", "-fsyntax-only", *WARNINGS, "-I", str(include), *options,
             "-MD", "-MF", str(deps), str(source)], capture_output=True, text=True)
        reached = deps.read_text("utf-8").split() if deps.exists() else []
    problems = [f"{header}: does not compile alone:\n{run.stderr}"] if run.returncode else []
    bad = [name for name in reached if FORBIDDEN.search(name)]
    if bad:
        problems.append(f"{header}: reaches {bad[0]} and {len(bad) - 1} more that users must not pay for")
    if not run.returncode and not any(name.endswith(header) for name in reached):
        problems.append(f"{header}: not among the files that were read: the check itself is broken")
    return problems


def alone(include, compiler, standard, *options):
    headers = public_headers(include)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda h: compile_alone(h, include, compiler, standard, options), headers)
        problems = [problem for some in found for problem in some]
    print(f"{len(headers)} headers, {compiler} C++{standard}")
    return problems if headers else ["no headers found"]


def main():
    command, include, *rest = sys.argv[1:]
    problems = {"listed": listed, "alone": alone}[command](pathlib.Path(include).resolve(), *rest)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
