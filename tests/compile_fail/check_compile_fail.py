#!/usr/bin/env python3
"""Compiles a file that must not compile, and then the same file without the offending part, which must.

The file says in a comment what the compiler has to say, `// expect: <regular expression>`, and has the
offending part between `#ifndef ALLOWED` and `#endif`.

usage: check_compile_fail.py <file> <include dir> <compiler> [compiler option]...
"""
import os
import re
import subprocess
import sys


def main():
    source, include, compiler, *options = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        expected = re.findall(r"// expect: (.*)", file.read())
    command = [compiler, "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", include,
               *options]
    plain = {"capture_output": True, "text": True, "env": {**os.environ, "LC_ALL": "C"}}
    good = subprocess.run([*command, "-DALLOWED", source], **plain)
    bad = subprocess.run([*command, source], **plain)
    problems = []
    if not expected:
        problems.append("has no line `// expect: ...`")
    if good.returncode:
        problems.append(f"fails even without the offending part:\n{good.stderr}")
    if not bad.returncode:
        problems.append("compiles, and must not")
    for pattern in expected:
        if not re.search(pattern, bad.stderr):
            problems.append(f"expected a diagnostic that matches '{pattern}', got:\n{bad.stderr[:2000]}")
    for problem in problems:
        print(f"{source}: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
