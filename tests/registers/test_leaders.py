"""Where a leader is the head of government."""

from detente.registers import leaders, load


def test_states_are_known():
    assert set(leaders.load()) <= load().states


def test_a_change_of_constitution_counts_from_its_day():
    assert not leaders.is_led_by_government("ARM", "2018-04-08")
    assert leaders.is_led_by_government("ARM", "2018-04-09")
    assert leaders.is_led_by_government("TUR", "2010-01-01")
    assert not leaders.is_led_by_government("TUR", "2015-01-01")
    assert not leaders.is_led_by_government("FRA", "2015-01-01")


def test_without_a_day_today_counts():
    assert leaders.is_led_by_government("ARM", None)
    assert not leaders.is_led_by_government("TUR", None)
