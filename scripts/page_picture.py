"""Make the picture of a page of the sample report for the README: ``page_picture.py REPORT.docx PAGE TARGET.png``.

Needs LibreOffice (``soffice``) and poppler (``pdftoppm``); the bytes depend on their versions and on the fonts installed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

GRAYS = 8
DOTS = "70"  # an inch: about 580 × 820 pixels, readable in a README


def main() -> None:
    """Convert the report to PDF and one of its pages to PNG, in gray."""
    report, page, target = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, str(report)], check=True, capture_output=True)
        pdf = Path(folder, report.stem).with_suffix(".pdf")
        options = ["-png", "-gray", "-r", DOTS, "-f", page, "-l", page, "-singlefile"]
        subprocess.run(["pdftoppm", *options, str(pdf), str(Path(folder, "page"))], check=True)
        with Image.open(Path(folder, "page.png")) as picture:
            picture.quantize(GRAYS).save(target, optimize=True)


if __name__ == "__main__":
    main()
