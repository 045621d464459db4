"""Returns read by executors: the same results in the same order, whoever reads them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, ReadFile, Unit
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns

from .sheets import campaign_file, fill_form

_COUNT = 100


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return load_campaign(campaign_file(tmp_path_factory.mktemp("dot")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, campaign: Campaign) -> Path:
    """A folder of returns: good ones, and some that are none, among them."""
    folder = tmp_path_factory.mktemp("nhan-ve")
    forms = [_filled(folder / "phieu.xlsx", campaign, unit) for unit in campaign.units[:4]]
    (folder / "phieu.xlsx").unlink()
    for number in range(_COUNT):
        path = folder / f"{number:03}.xlsx"
        if number % 10 == 7:
            path.write_bytes(b"%PDF-1.7")
        else:
            path.write_bytes(forms[number % 4])
    fill_form(folder / "004.xlsx", {"1.1.1": {"score": 0.75, "evidence": "KH 1"}})
    return folder


def _filled(path: Path, campaign: Campaign, unit: Unit) -> bytes:
    """A form in which something was typed: one as it was issued is no return."""
    path.write_bytes(build_form(campaign, unit, DEFAULT_PROFILE))
    code = next(c.code for c in campaign.assigned_to(unit) if campaign.is_leaf(c))
    fill_form(path, {code: {"evidence": "KH 2"}})
    return path.read_bytes()


@pytest.fixture(scope="module")
def one_by_one(folder: Path, campaign: Campaign) -> list[ReadFile]:
    results = list(read_returns(folder, campaign))
    assert [r.file for r in results] == [f"{number:03}.xlsx" for number in range(_COUNT)]
    assert sum(r.returned is None for r in results) == _COUNT // 10
    return results


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_executors_give_the_same_results_in_the_same_order(
    folder: Path, campaign: Campaign, one_by_one: list[ReadFile], kind: Any
) -> None:
    with kind(max_workers=2) as executor:
        assert list(read_returns(folder, campaign, executor=executor)) == one_by_one


def test_a_local_dask_cluster_gives_the_same_results(
    folder: Path, campaign: Campaign, one_by_one: list[ReadFile]
) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        results = list(read_returns(folder, campaign, executor=client.get_executor()))
    assert results == one_by_one


class _Counting(Executor):
    """Does nothing until a result is asked for; counts what it was handed."""

    def __init__(self) -> None:
        self.waiting = 0
        self.most_waiting = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        executor = self

        class _Late(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                executor.waiting -= 1
                return fn(*args, **kwargs)

        return _Late()


def test_an_executor_is_not_handed_everything_at_once(tmp_path: Path, campaign: Campaign) -> None:
    def paths() -> Iterator[Path]:
        for number in range(20_000):
            yield tmp_path / f"{number}.xlsx"

    executor = _Counting()
    results = read_returns(paths(), campaign, executor=executor)
    assert sum(1 for _ in results) == 20_000
    assert executor.most_waiting < 100


def test_reading_can_be_left_early(folder: Path, campaign: Campaign) -> None:
    results = read_returns(folder, campaign)
    assert next(results).file == "000.xlsx"
    results.close()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(2) as executor:
        results = read_returns(folder, campaign, executor=executor)
        assert next(results).file == "000.xlsx"
        results.close()  # type: ignore[attr-defined]
