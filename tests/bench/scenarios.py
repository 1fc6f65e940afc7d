"""What is compared with what, and what the project aims at. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    name: str
    program: str  # bench_<program>
    variant: str


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    contenders: tuple[Contender, ...]
    baselines: dict[str, str]  # heading of the column -> name of the contender
    network: bool = True
    tls: bool = False
    connections: int = 1
    services: int = 2
    load: bool = False  # the contenders are servers: something sends them notifications


@dataclass(frozen=True)
class Aim:
    """`value` of a contender compared with `limit`; a ratio when it names a baseline's heading."""
    scenario: str
    contender: str
    value: str  # a figure ("syscalls", "allocations", ...), "rate" or "cpu" with `baseline`
    at_least: float | None = None
    at_most: float | None = None
    baseline: str | None = None


BLOCKING = Contender("SDK, blocking", "sdk", "blocking")
ASYNC = Contender("SDK, asynchronous", "sdk", "async")
RAW = Contender("raw sockets", "raw", "loop")
RAW_DECODE = Contender("raw sockets + SDK's decoder", "raw", "decode")
RAW_EPOLL = Contender("raw sockets, epoll", "raw", "epoll")
CURL = Contender("libcurl + nlohmann-json", "curl", "easy")
CURL_MULTI = Contender("libcurl multi + nlohmann-json", "curl", "multi")
HTTPLIB = Contender("cpp-httplib + nlohmann-json", "httplib", "blocking")
HTTPLIB_THREADS = Contender("cpp-httplib, 16 threads", "httplib", "blocking")
RECEIVER = Contender("SDK's receiver", "receiver", "loop")
EPOLL_SERVER = Contender("raw epoll", "epoll_server", "raw")
EPOLL_SERVER_DECODE = Contender("raw epoll + SDK's decoder", "epoll_server", "decode")
HTTPLIB_SERVER = Contender("cpp-httplib + nlohmann-json", "httplib_server", "threads")
BLOCKING_THREADS = Contender("SDK, blocking, 16 threads", "sdk", "blocking")


def _network(name: str, what: str, connections: int, tls: bool) -> Scenario:
    if connections == 1:
        return Scenario(name, f"{what}, 1 connection, client and peer on one core",
                        (RAW, RAW_DECODE, BLOCKING, ASYNC, CURL, HTTPLIB),
                        {"raw": RAW.name, "curl": CURL.name}, tls=tls)
    return Scenario(name, f"{what}, {connections} connections, client on one core, peer on another",
                    (RAW_EPOLL, ASYNC, BLOCKING_THREADS, CURL_MULTI, HTTPLIB_THREADS),
                    {"raw": RAW_EPOLL.name, "curl": CURL_MULTI.name}, tls=tls,
                    connections=connections)


def _codec(what: str, services: int) -> Scenario:
    title = {"decode": "JSON text to structures", "encode": "structures to JSON text"}[what]
    sax = "RapidJSON SAX by hand" if what == "decode" else "RapidJSON Writer by hand"
    return Scenario(f"codec-{what}-{services}", f"{title}, {services} services",
                    (Contender("SDK", "codec", f"sdk-{what}"),
                     Contender(sax, "codec", f"rapidjson-{what}"),
                     Contender("nlohmann-json", "codec", f"nlohmann-{what}")),
                    {"RapidJSON": sax, "nlohmann": "nlohmann-json"}, network=False,
                    services=services)


def _notify(connections: int) -> Scenario:
    return Scenario(f"notify-{connections}",
                    f"notifications of 5 services (1204 bytes) taken, {connections} connections, "
                    "server on one core, platform on another",
                    (EPOLL_SERVER, EPOLL_SERVER_DECODE, RECEIVER, HTTPLIB_SERVER),
                    {"raw": EPOLL_SERVER.name, "httplib": HTTPLIB_SERVER.name}, load=True,
                    connections=connections)


SCENARIOS = (
    _network("plain-1", "GET of a list of 2 services (1083 bytes), HTTP", 1, False),
    _network("tls-1", "the same, TLS 1.3", 1, True),
    _network("plain-16", "GET of a list of 2 services (1083 bytes), HTTP", 16, False),
    _network("tls-16", "the same, TLS 1.3", 16, True),
    _notify(16),
    _notify(256),
    _codec("decode", 2),
    _codec("encode", 2),
    _codec("decode", 100),
    _codec("encode", 100),
)

# Speed is judged twice. By CPU: what the client can help. By rate: with the peer's work and the kernel's
# switching in it, which are the same for all and keep the ratios down; only a quiet machine tells.
AIMS = (
    Aim("plain-1", BLOCKING.name, "cpu", at_least=3.0, baseline="curl"),
    Aim("plain-1", BLOCKING.name, "rate", at_least=3.0, baseline="curl"),
    Aim("plain-1", BLOCKING.name, "cpu", at_least=0.6, baseline="raw"),
    Aim("plain-1", BLOCKING.name, "rate", at_least=0.6, baseline="raw"),
    Aim("plain-1", BLOCKING.name, "syscalls", at_most=2.05),
    Aim("plain-1", BLOCKING.name, "allocations", at_most=15),
    Aim("plain-1", ASYNC.name, "syscalls", at_most=5),
    Aim("tls-1", BLOCKING.name, "syscalls", at_most=2.05),
    Aim("tls-1", BLOCKING.name, "allocations", at_most=25),
    Aim("tls-1", ASYNC.name, "syscalls", at_most=5),
    Aim("notify-16", RECEIVER.name, "cpu", at_least=0.7, baseline="raw"),
    Aim("notify-16", RECEIVER.name, "cpu", at_least=5.0, baseline="httplib"),
    Aim("notify-16", RECEIVER.name, "rate", at_least=5.0, baseline="httplib"),
    Aim("notify-256", RECEIVER.name, "cpu", at_least=0.7, baseline="raw"),
    Aim("notify-256", RECEIVER.name, "cpu", at_least=5.0, baseline="httplib"),
    Aim("codec-decode-2", "SDK", "cpu", at_least=2.0, baseline="RapidJSON"),
)
