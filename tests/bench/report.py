"""Tables for people."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path
from statistics import median

from scenarios import AIMS, RAW, Aim


def _first_line(*command: str) -> str:
    try:
        out = subprocess.run(command, capture_output=True, text=True, timeout=10).stdout
    except OSError:
        return ""
    return out.splitlines()[0].strip() if out else ""


def _package(name: str) -> str:
    return _first_line("dpkg-query", "-W", "-f", "${Version}", name) or "?"


def machine(build: Path) -> dict[str, str]:
    """What the figures depend on."""
    cache = (build / "CMakeCache.txt").read_text()

    def cached(name: str) -> str:
        found = re.search(rf"^{name}:\w+=(.*)$", cache, re.MULTILINE)
        return found.group(1) if found else "?"

    cpu = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "cpu": f"{cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "compiler": f"{_first_line(cached('CMAKE_CXX_COMPILER'), '--version')}, "
                    f"{cached('CMAKE_CXX_FLAGS_RELEASE')}",
        "libraries": ", ".join(f"{name} {_package(package)}" for name, package in (
            ("Boost", "libboost1.81-dev"), ("OpenSSL", "libssl-dev"),
            ("libcurl", "libcurl4-openssl-dev"), ("nlohmann-json", "nlohmann-json3-dev"),
            ("cpp-httplib", "libcpp-httplib-dev"), ("RapidJSON", "rapidjson-dev"))),
        "load": " ".join(f"{x:.1f}" for x in os.getloadavg()),
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": median(values), "least": min(values), "greatest": max(values)}


def summarise(rounds: dict[str, list[dict[str, float]]], baselines: dict[str, str]) -> dict[str, dict]:
    """Medians of each contender; and of its ratios to each baseline, which are taken within a
    round: what disturbs the machine disturbs both sides of a ratio."""
    summary = {}
    for name, runs in rounds.items():
        row = {key: median(r[key] for r in runs) for key in runs[0]}
        row["ratios"] = {}
        for heading, baseline in baselines.items():
            if baseline not in rounds:
                continue
            pairs = list(zip(runs, rounds[baseline]))
            row["ratios"][heading] = {
                "cpu": _spread([theirs["cpu_us"] / mine["cpu_us"] for mine, theirs in pairs]),
                "rate": _spread([mine["rate"] / theirs["rate"] for mine, theirs in pairs])}
        summary[name] = row
    return summary


def _number(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _ratio(spread: dict[str, float] | None) -> str:
    if spread is None:
        return "-"
    return f"{spread['median']:.2f} [{spread['least']:.2f}-{spread['greatest']:.2f}]"


def table(summary: dict[str, dict], headings: list[str], with_instructions: bool) -> str:
    head = ["", "req/s", "p50 us", "p99 us", "CPU us"]
    for heading in headings:
        head += [f"CPU : {heading}", "req/s"]
    head += ["allocs", "syscalls"] + (["instr"] if with_instructions else [])
    lines = [head]
    for name, row in summary.items():
        cells = [name, _number(row["rate"], 0), _number(row["p50_us"]), _number(row["p99_us"]),
                 _number(row["cpu_us"], 2)]
        for heading in headings:
            ratio = row["ratios"].get(heading, {})
            cells += [_ratio(ratio.get("cpu")), _ratio(ratio.get("rate"))]
        cells += [_number(row.get("allocations")), _number(row.get("syscalls"))]
        if with_instructions:
            cells.append(_number(row.get("instructions"), 0))
        lines.append(cells)
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join([line[0].ljust(widths[0])] +
                               [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])])
                     for line in lines)


def _value(aim: Aim, row: dict) -> float | None:
    if aim.baseline is None:
        return row.get(aim.value)
    ratio = row["ratios"].get(aim.baseline)
    return ratio[aim.value]["median"] if ratio else None


def _ceiling(aim: Aim, rows: dict[str, dict]) -> float | None:
    """What raw sockets reach on this machine: no client can do better."""
    if aim.baseline is None or RAW.name not in rows or aim.baseline == "raw":
        return None
    return _value(aim, rows[RAW.name])


def judge(results: dict[str, dict]) -> list[dict]:
    """Each aim with its figure; without the ones whose scenario was not run."""
    verdicts = []
    for aim in AIMS:
        row = results.get(aim.scenario, {}).get(aim.contender)
        value = _value(aim, row) if row else None
        if value is None:
            continue
        met = value >= aim.at_least if aim.at_least is not None else value <= aim.at_most
        what = {"rate": "requests per second", "cpu": "requests per CPU time",
                "syscalls": "system calls", "allocations": "allocations"}[aim.value]
        verdicts.append({
            "aim": f"{aim.scenario}: {aim.contender}: {what}" +
                   (f" : {aim.baseline}" if aim.baseline else " per request"),
            "limit": f">= {aim.at_least:g}" if aim.at_least is not None else f"<= {aim.at_most:g}",
            "value": round(value, 3), "met": met, "exact": aim.baseline is None,
            "ceiling": _ceiling(aim, results[aim.scenario])})
    return verdicts
