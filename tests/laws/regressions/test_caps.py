"""Stories that broke a law of execution, about caps (R15)."""

from __future__ import annotations

from tests.rules.plans import story


def test_a_channels_own_cap_stands_instead_of_its_parents() -> None:
    """R15: a channel that starts from another overrides its cap; the other's cap neither counts nor holds it back."""
    text = """
    channel rare: plain { cap: 1 per 7d }
    channel often: rare { cap: 5 per 7d }
    campaign c { flow { send rare hello  send often again  first: send often hello  second: send rare again } }
    """
    assert [(when, channel) for when, _, channel, _ in story(text).touches] == [
        ("2027-02-01 08:00", "rare"),
        ("2027-02-01 08:00", "often"),
        ("2027-02-01 08:00", "often"),
        ("2027-02-08 08:00", "rare"),
    ]


def test_a_cap_that_is_inherited_counts_each_channel_by_itself() -> None:
    """R15: a channel's cap counts its own touches, also the one it has from the channel it starts from."""
    text = """
    channel rare: plain { cap: 1 per 7d }
    channel kid: rare {}
    campaign c { flow { send rare hello  send kid again  first: send kid hello } }
    """
    assert [(when, channel) for when, _, channel, _ in story(text).touches] == [
        ("2027-02-01 08:00", "rare"),
        ("2027-02-01 08:00", "kid"),
        ("2027-02-08 08:00", "kid"),
    ]


def test_a_contact_in_an_audience_is_no_touch() -> None:
    """R15: caps are about personal channels; the std event `contacted` counts there as our own touches do."""
    text = """
    rule pressure { cap: 1 per 7d }
    channel circle: facebook { reach: audience }
    campaign c { flow { wait 2h  send plain hello } }
    """

    def contacted(channel: str) -> list[dict[str, object]]:
        return [{"contact": "per", "at": "2027-02-01 09:00", "event": "contacted", "channel": channel}]

    assert story(text, events=contacted("circle")).sent == [("2027-02-01 10:00", "hello")]
    assert story(text, events=contacted("plain")).sent == [("2027-02-08 09:00", "hello")]
