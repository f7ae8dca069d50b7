from broadsheet.ops.backoff import HEALTHY_SECONDS, LONGEST_PAUSE_SECONDS, Backoff


def test_what_dies_again_and_again_waits_longer_each_time_up_to_a_limit() -> None:
    backoff = Backoff()

    pauses = [backoff.pause_seconds(lived_seconds=0.1) for _ in range(12)]

    assert pauses[:4] == [0.0, 0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_what_was_well_for_a_while_is_back_at_once() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.pause_seconds(lived_seconds=0.1)

    assert backoff.pause_seconds(lived_seconds=HEALTHY_SECONDS) == 0.0
