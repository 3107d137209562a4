"""What a body that is not warm yet is not asked for."""

import pytest

from app.rules.end_range import is_near_end_range
from app.rules.strains import StrainDegrees
from app.rules.vocabulary import Pattern


@pytest.mark.parametrize(
    ("pattern", "degrees", "expected"),
    [
        ("dynamic", {}, False),
        ("dynamic", {"trunk_rotation": "full", "neck_rotation": "mild"}, False),
        ("dynamic", {"trunk_flexion": "full", "lumbar_extension": "full"}, False),
        ("dynamic", {"trunk_rotation": "full", "shoulder_end_range": "full"}, True),
        ("dynamic", {"loaded_rotation": "mild"}, True),
        ("static_hold", {"thoracic_extension": "mild"}, False),
        ("static_hold", {"trunk_side_bend": "full"}, True),
        ("static_hold", {"sustained_end_range": "mild"}, True),
        ("isometric", {"loaded_extension": "mild"}, True),
        ("strength", {"resistance": "full"}, True),
        ("strength", {"resistance": "mild"}, False),
    ],
)
def test_load_holds_and_combined_end_ranges_need_a_warm_body(
    pattern: Pattern, degrees: StrainDegrees, expected: bool
) -> None:
    assert is_near_end_range(pattern, degrees) is expected
