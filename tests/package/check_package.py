#!/usr/bin/env python3
"""Builds and runs a program that uses the SDK as others would, outside of this build.

usage: check_package.py find_package <scratch dir> <build dir> [cmake option]...
       check_package.py add_subdirectory <scratch dir> <source dir> [cmake option]...
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

CONSUMER = pathlib.Path(__file__).resolve().parent / "consumer"


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def installed(build, scratch):
    """Installs, moves the result elsewhere, and checks that it does not remember where it was."""
    first, prefix = scratch / "installed", scratch / "moved"
    for old in (first, prefix):
        shutil.rmtree(old, ignore_errors=True)
    for component in ("dev", "runtime"):
        run("cmake", "--install", build, "--prefix", first, "--component", component)
    first.rename(prefix)
    cache = (pathlib.Path(build) / "CMakeCache.txt").read_text("utf-8")
    source = re.search(r"^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$", cache, re.M).group(1)
    files = list(prefix.rglob("*.cmake"))
    for file in files:
        text = file.read_text("utf-8")
        for word in (source, str(first), "rapidjson", "RapidJSON"):
            if word in text:
                sys.exit(f"{file.name} mentions {word}: the package cannot be moved, or asks for what only "
                         "the library needs")
    if not files:
        sys.exit("nothing was installed")
    return prefix


def main():
    kind, scratch, origin, *options = sys.argv[1:]
    scratch = pathlib.Path(scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    build = scratch / "build"
    if kind == "find_package":
        shutil.rmtree(build, ignore_errors=True)  # small; the other build is kept, as it compiles the SDK
        options.append(f"-DCMAKE_PREFIX_PATH={installed(origin, scratch)}")
    else:
        options.append(f"-DMEC_SOURCE={origin}")
    run("cmake", "-G", "Ninja", "-S", CONSUMER, "-B", build, *options)
    run("cmake", "--build", build, "--parallel", os.cpu_count())
    print(run(build / "consumer"))


if __name__ == "__main__":
    main()
