"""Open tops with bows and ribs, and flat racks between their posts, are one container each."""

import numpy as np
import pytest

from riac.imaging.stretches import find_stretches
from riac.scan import Picture

POST, RIB = 0.3, 0.5
AIR, FAINT, WALL = 1.0, 0.985, 0.9


def air() -> Picture:
    picture = np.full((400, 1200), AIR, np.float32)
    picture[340:370, 50:1150] = 0.2  # the trailer
    return picture


def box(picture: Picture, first: int, last: int, *, wall: float = WALL) -> Picture:
    """Draw a container with its roof, its floor and two corner posts."""
    picture[60:330, first:last] = wall
    picture[60:66, first:last] = 0.4
    picture[315:340, first:last] = 0.3
    picture[60:340, first : first + 10] = POST
    picture[60:340, last - 10 : last] = POST
    return picture


def flat_rack(*, post: int) -> Picture:
    """Draw a deck between two posts so many columns wide."""
    picture = air()
    picture[270:340, 150:1050] = 0.3
    for first in (150, 1050 - post):
        picture[60:340, first : first + post] = POST
    return picture


def with_coils(picture: Picture) -> Picture:
    for first in (300, 600, 850):
        picture[160:270, first : first + 110] = 0.1
    return picture


def spans(picture: Picture) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in find_stretches(picture) if one.roof(one.first) < 200]


def test_walls_as_bright_as_air_do_not_part_an_open_top_between_its_ribs() -> None:
    picture = box(air(), 150, 1050)
    for rib in range(200, 1040, 40):
        picture[60:330, rib : rib + 3] = RIB
    picture[60:66] = np.where(picture[60:66] < 0.45, FAINT, picture[60:66])
    picture[60:330, 523:557] = FAINT
    assert spans(picture) == [(150, 1049)]


@pytest.mark.parametrize("gap", [8, 30])
def test_two_containers_are_parted_by_their_posts(gap: int) -> None:
    picture = box(box(air(), 100, 560), 560 + gap, 1030)
    assert spans(picture) == [(100, 559), (560 + gap, 1029)]


def test_what_stands_on_a_flat_rack_is_not_the_container() -> None:
    picture = flat_rack(post=15)
    for first in (250, 500, 750):
        picture[90:270, first : first + 150] = WALL
        picture[200:270, first : first + 150] = 0.1
    assert (150, 1049) in spans(picture)
    assert not any(200 < first < 1000 for first, _ in spans(picture))


def test_noise_above_a_post_does_not_cut_it() -> None:
    picture = with_coils(flat_rack(post=30))
    picture[52:60, 162] = 0.97
    assert (150, 1049) in spans(picture)
    assert not any(200 < first < 1000 for first, _ in spans(picture))


def test_a_rail_that_noise_shows_in_two_columns_is_no_post() -> None:
    picture = with_coils(flat_rack(post=30))
    for first in (480, 700):
        picture[62:340, first : first + 2] = 0.97
    assert (150, 1049) in spans(picture)
    assert not any(200 < first < 1000 for first, _ in spans(picture))


def test_lines_through_the_air_are_no_posts() -> None:
    picture = box(air(), 400, 1000)
    picture[5:340, 200:203] = 0.95
    picture[5:60, 900:903] = 0.95
    assert spans(picture) == [(400, 999)]
