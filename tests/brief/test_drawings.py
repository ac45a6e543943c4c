"""What the drawings of an issue show."""

import re

from detente.brief.drawings import radar, sparkline


def lines(drawn, name):
    (label,) = re.findall(rf'<text class="label"[^>]*>(<tspan[^>]*>{name}.*?)</text>', drawn)
    return re.findall(r">([^<]+)<", label)


def test_a_long_label_has_its_points_on_a_line_of_their_own():
    names = ("Russia", "United States", "Shanghai Cooperation Organisation")
    drawn = radar(names, (0.0, 12.0, -3.0), (0.0, 2.0, 0.0))
    assert lines(drawn, "Russia") == ["Russia 0"]
    assert lines(drawn, "United") == ["United States", "+12"]
    assert lines(drawn, "Shanghai") == ["Shanghai", "Cooperation", "Organisation", "−3"]


def test_a_line_of_zeros_lies_in_the_middle():
    flat = sparkline((0.0, 0.0, 0.0), title="none")
    assert 'points="5.0,17.0 75.0,17.0 145.0,17.0"' in flat
    assert sparkline((1.0,), title="one") == ""
