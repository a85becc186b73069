"""`make bench`: all benchmarks, their tables, and the figures in var/bench.json."""

import json
import os
from pathlib import Path

from bench import openloop, progress, ratios, simulation, writers
from bench.server import ROOT, data_folder


def main() -> None:
    """Run everything; some four minutes."""
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. Take the ratios, not the figures: machines are noisy."
    )
    print()
    with data_folder() as values:
        found: dict[str, object] = {"ratios": ratios.main(values)}
        print()
        found["openloop"] = openloop.main(values)
        print()
        found["progress"] = progress.main(values)
    print()
    found["writers"] = writers.main()
    print()
    found["simulation"] = simulation.main()
    path = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "bench.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    print(f"\nKept in {path}")


if __name__ == "__main__":
    main()
