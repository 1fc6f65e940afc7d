#!/usr/bin/env python3
"""Checks what the sources include, and a few rules that only reading the text can check.

usage: check_layers.py <project root> <rule>...; a rule is a function below whose name starts with rule_
"""
import pathlib
import re
import sys

# What each layer may include besides itself. The order is that of the design: top to bottom.
APIS = {"app_support", "service_mgmt", "rni"}
UP_TO_HTTP = {"core", "detail", "json", "common", "http"}
MAY_INCLUDE = {
    "core": set(),
    "detail": {"core"},
    "json": {"core"},
    "common": {"core", "json"},  # data types that the APIs share
    "http": {"core", "detail", "json", "common"},
    "auth": UP_TO_HTTP,
    "app_support": UP_TO_HTTP | {"auth"},
    "service_mgmt": UP_TO_HTTP | {"auth"},
    "rni": UP_TO_HTTP | {"auth"},
    "notify": UP_TO_HTTP | {"auth"} | APIS,
    "runtime": {"core"},
    "discovery": {"core", "json", "http", "runtime"},  # http: the options that a configuration holds
    "app": UP_TO_HTTP | {"auth", "notify", "runtime", "discovery"} | APIS,
    "testing": UP_TO_HTTP,
    "mocks": UP_TO_HTTP | {"auth"} | APIS,
    "emulator": UP_TO_HTTP | {"auth"} | APIS,
}
# Headers that no folder places. `all` is for what may include, or is, everything of the library.
ROOT_HEADERS = {"config.hpp": "core", "version.hpp": "core", "sync_wait.hpp": "detail",
                "background.hpp": "detail", "mec.hpp": "all", "fwd.hpp": "all"}
# An internal header belongs to the layer of the source of the same name, else to that of its prefix.
INTERNAL_PREFIXES = {"json_": "json", "http_": "http", "tls_": "http", "openssl": "http",
                     "parsers": "http", "async_": "http", "deadline": "http", "config_": "discovery",
                     "lazy_transport": "http", "websocket_stream": "http",
                     "answer_headers": "http", "chained_call": "http", "query_list": "http",
                     "local_token": "auth", "emulator_": "emulator", "rni_": "rni",
                     "app_context": "app", "declared_": "app", "departure": "app",
                     "heartbeat_": "app", "resource_owner": "app"}
# Where the design itself crosses a layer, and why.
CROSSINGS = {
    # One state machine for retry, authorisation and deadline: docs/adr/0002.
    ("sdk/internal/call.hpp", "include/mec/auth/token_source.hpp"),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)
LINES = 400
# Files that are longer than the limit; they may only become shorter.
LONGER = {}


class tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.problems = []
        self.sources = {}  # path relative to the root -> text
        for folder in ("include", "sdk"):
            for path in sorted((self.root / folder).rglob("*.[hc]pp")):
                self.sources[path.relative_to(self.root).as_posix()] = path.read_text("utf-8")
        self.layer_of_stem = {}
        for path in self.sources:
            parts = path.split("/")
            if parts[:2] == ["sdk", "src"] and path.endswith(".cpp"):
                self.layer_of_stem[pathlib.Path(path).stem] = parts[2]

    def problem(self, text):
        self.problems.append(text)

    def layer(self, path):
        """The layer of a file, `all`, or None with a problem noted."""
        parts = path.split("/")
        if parts[:2] == ["include", "mec"]:
            layer = parts[2] if len(parts) > 3 else ROOT_HEADERS.get(parts[2])
        elif parts[:2] == ["sdk", "src"]:
            layer = parts[2]
        elif parts[:2] == ["sdk", "internal"]:
            stem = pathlib.Path(path).stem
            layer = self.layer_of_stem.get(stem) or next(
                (of for prefix, of in INTERNAL_PREFIXES.items() if stem.startswith(prefix)), None)
        elif parts[1] == "mecctl":
            return "all"
        else:
            layer = parts[1]  # sdk/emulator, sdk/testing
        if layer == "all" or layer in MAY_INCLUDE:
            return layer
        self.problem(f"{path}: belongs to no layer; add it to the tables of tests/layers/check_layers.py")
        return None

    def resolve(self, path, name):
        """The project's file that an include names, or None."""
        here = (pathlib.PurePosixPath(path).parent / name).as_posix()
        for candidate in (f"include/{name}", here, f"sdk/internal/{name}"):
            if candidate in self.sources:
                return candidate
        if name.startswith("mec/"):
            self.problem(f"{path}: includes <{name}>, which does not exist")
        return None


def rule_layers(project):
    """Each layer includes only what the design allows."""
    edges = 0
    for path, text in project.sources.items():
        own = project.layer(path)
        for name in INCLUDE.findall(text):
            target = project.resolve(path, name)
            if own is None or target is None or (path, target) in CROSSINGS:
                continue
            edges += 1
            other = project.layer(target)
            library = own not in ("testing", "mocks", "emulator") and not path.startswith("sdk/mecctl/")
            if library and other in ("testing", "mocks", "emulator"):
                project.problem(f"{path}: the library must not include {target}")
            elif own != "all" and other not in MAY_INCLUDE[own] | {own, None}:
                project.problem(f"{path}: layer {own} must not include {target} (layer {other})")
            elif path.startswith("include/") and not target.startswith("include/"):
                project.problem(f"{path}: a public header must not include {target}")
            elif own == "emulator" and re.search(r"/(client|connection)\.hpp$", target):
                project.problem(f"{path}: the emulator knows the types of an API, not its client")
    return f"{len(project.sources)} files, {edges} includes"


def rule_tls(project):
    """One place makes TLS contexts, and nothing else decides what is trusted."""
    factory = "sdk/src/http/tls_context.cpp"
    if "SSL_CTX_new" not in project.sources.get(factory, ""):
        project.problem(f"{factory}: expected SSL_CTX_new here; has the factory moved?")
    for path, text in project.sources.items():
        for word in re.findall(r"\b(SSL_CTX_new|SSL_CTX_set_verify|SSL_set_verify)\b", text):
            if path != factory:
                project.problem(f"{path}: {word} only in {factory}")
        for name in INCLUDE.findall(text):
            if name.startswith("boost/asio/ssl"):
                project.problem(f"{path}: <{name}>: TLS is OpenSSL on the descriptor (docs/adr/0001)")
    return f"{len(project.sources)} files"


def rule_file_length(project):
    """A file is about one thing; one that is too long rarely is."""
    count = 0
    for folder in ("include", "sdk", "tests", "samples"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix not in (".hpp", ".cpp", ".py", ".cmake") or not path.is_file():
                continue
            count += 1
            name = path.relative_to(project.root).as_posix()
            lines = path.read_bytes().count(b"\n")
            if lines > LONGER.get(name, LINES):
                project.problem(f"{name}: {lines} lines, at most {LONGER.get(name, LINES)}: split it")
    return f"{count} files"


def rule_documented_errors(project):
    """docs/errors.md has one row for each error code."""
    header = project.sources["include/mec/core/error.hpp"]
    codes = re.findall(r"^    (\w+)", header.split("enum class errc {")[1].split("};")[0], re.M)
    text = (project.root / "docs/errors.md").read_text("utf-8").split("## Codes")[1]
    rows = re.findall(r"^\| `(\w+)` \|", text, re.M)
    for name in set(codes) ^ set(rows) | {row for row in rows if rows.count(row) > 1}:
        project.problem(f"{name}: {rows.count(name)} rows in docs/errors.md, {codes.count(name)} in errc")
    return f"{len(codes)} codes"


def rule_readme(project):
    """The program in README.md is what the first sample does: its lines, in that order."""
    readme = (project.root / "README.md").read_text("utf-8")
    sample = (project.root / "samples/01_hello/main.cpp").read_text("utf-8")
    rest = iter(line.strip() for line in sample.splitlines())
    blocks = re.findall(r"^```cpp\n(.*?)^```", readme, re.M | re.S)
    wanted = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    for line in wanted:
        if line not in rest:  # goes on from the line that was found before
            project.problem(f"README.md: not in samples/01_hello/main.cpp, or in another place: {line}")
            break
    return f"{len(wanted)} lines"


def main():
    root, *rules = sys.argv[1:]
    project = tree(root)
    for rule in rules:
        print(f"{rule}: {globals()['rule_' + rule](project)}")
    for problem in dict.fromkeys(project.problems):
        print(problem)
    return 1 if project.problems or not project.sources else 0


if __name__ == "__main__":
    sys.exit(main())
