#!/usr/bin/env python3
"""Compiles every source of a compilation database with another compiler or language version, without
making code: what is wanted are the diagnostics. The project's warnings are in the database's flags.

usage: check_syntax.py <compile_commands.json> <compiler> <C++ standard, e.g. 20> [folder to leave out]...
"""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys


def command_for(entry, compiler, standard):
    words = shlex.split(entry["command"])
    start = next(i for i, word in enumerate(words) if os.path.basename(word).split("-")[0].endswith("++"))
    words = words[start + 1:]  # without ccache and the compiler itself
    output = words.index("-o")
    del words[output:output + 2]
    kept = [w for w in words if w != "-c" and not w.startswith("-std=")]
    return [compiler, f"-std=c++{standard}", "-Werror", "-fsyntax-only", *kept]


def check(entry, compiler, standard):
    run = subprocess.run(command_for(entry, compiler, standard), cwd=entry["directory"],
                         capture_output=True, text=True)
    return entry["file"], run.returncode, run.stderr


def main():
    database, compiler, standard, *left_out = sys.argv[1:]
    left_out = tuple(os.path.abspath(folder) + os.sep for folder in left_out)
    with open(database, encoding="utf-8") as file:
        entries = [e for e in json.load(file) if not e["file"].startswith(left_out)]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, status, text in pool.map(lambda e: check(e, compiler, standard), entries):
            if status:
                bad += 1
                print(f"{os.path.relpath(path)}:\n{text}")
    print(f"{compiler} C++{standard}: {len(entries)} files, {bad} with diagnostics")
    return 1 if bad or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
