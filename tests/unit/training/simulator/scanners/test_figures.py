from __future__ import annotations

from pathlib import Path

import pytest

from training.simulator.scanners.figures import main


def test_the_page_holds_the_figures_beside_the_claims(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    main(["--out", str(tmp_path), "--scanner", "gantry-co60"])
    text = (tmp_path / "scanners.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| Cobalt-60"))
    penetration = float(row.split("|")[2].split()[0])
    # Of the class: 150 to 180 mm of steel; a change of the physics by a quarter is an error.
    assert 140 < penetration < 190
    assert "(150 to 180)" in row
    assert (tmp_path / "noise.png").stat().st_size > 5000
    assert (tmp_path / "penetration.png").stat().st_size > 3000


def test_an_unknown_scanner_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path), "--scanner", "portal-7mv"])
    assert "gantry-co60" in capsys.readouterr().err
