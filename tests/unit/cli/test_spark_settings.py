"""What `grid run --engine spark` sets of Spark, and in which words it tells why Spark gave up."""

from __future__ import annotations

from typing import Any

import pytest

from gridlang.cli import spark


class Context:
    """Of Spark: it knows the machine's settings once it has been begun."""

    begun = False

    @classmethod
    def _ensure_initialized(cls) -> None:
        cls.begun = True


def settings_of(known: dict[str, str]) -> Any:
    class Settings:
        def contains(self, option: str) -> bool:
            assert Context.begun
            return option in known

        def get(self, option: str, default: str) -> str:
            return known.get(option, default)

    return Settings


@pytest.mark.parametrize("known", [{}, {"spark.master": "local[*]"}])
def test_on_this_machine_a_lost_part_is_tried_again(known: dict[str, str]) -> None:
    assert spark._wanted(Context, settings_of(known))["spark.master"] == "local[*,4]"


def test_what_somebody_set_stays() -> None:
    known = {"spark.master": "spark://far:7077", "spark.log.level": "WARN"}
    assert spark._wanted(Context, settings_of(known)) == {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


def test_a_spark_elsewhere_keeps_its_master(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://far")
    assert "spark.master" not in spark._wanted(Context, settings_of({}))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (
            "Job aborted: Task 0 failed 4 times: X: Python worker exited unexpectedly (crashed). Consider\n"
            "Caused by: java.net.SocketException: Connection reset\n",
            "Python worker exited unexpectedly (crashed)",
        ),
        (
            "Error.\n\tat a.b\nCaused by: org.x.SparkException: java.lang.OutOfMemoryError: Java heap space\n",
            "Java heap space",
        ),
        ("An error while connecting to the Java server", "An error while connecting to the Java server"),
        ("", "it did not say why"),
    ],
)  # fmt: skip
def test_the_reason_is_the_deepest_cause(told: str, reason: str) -> None:
    assert spark._why(told) == reason
