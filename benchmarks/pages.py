"""Times the pages of a store: seconds of the server, bytes, and the first paint in a browser.

python benchmarks/pages.py STORE
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg import queries
from kg.store import open_store
from tests import site

TURNS = 7


def main(place: Path) -> None:
    """Print the median of some turns for each kind of page."""
    store = open_store(place)
    (answer, *_) = queries.run(store, "answers").terms()
    rows = queries.run(store, "statements-of-answer", node=answer["document"]).terms()
    key = answer["document"].value.rpartition("/")[2]
    statement = rows[0]["statement"].value.rpartition("/")[2]
    pages = {
        "answer": f"/answer/{key}",
        "answer, opened": f"/answer/{key}?statement={rows[0]['short'].value}",
        "statement": f"/statement/{statement}",
        "source": f"/source/{key}",
        "graph": f"/graph/{statement}",
    }
    with site.client(place) as client:
        for name, address in pages.items():
            spent, size = [], 0
            for _ in range(TURNS):
                before = time.process_time()
                found = client.get(address)
                spent.append(time.process_time() - before)
                assert found.status_code == 200, (address, found.status_code)
                size = len(found.content)
            print(f"{name}: {statistics.median(spent) * 1000:.1f} ms, {size / 1000:.1f} kB")
    _painted(place, pages["answer"])


def _painted(place: Path, address: str) -> None:
    from playwright.sync_api import sync_playwright

    with site.served(place) as home, sync_playwright() as started:
        path = shutil.which("chromium")
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        spent = []
        for _ in range(3):
            page = browser.new_context().new_page()
            page.goto(home + address)
            page.wait_for_timeout(1_500)
            spent.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            )
        browser.close()
        print(f"first contentful paint of the answer: {statistics.median(spent):.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
