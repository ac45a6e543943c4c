"""What the site adds to ``docs/``: the reference, made from the program, and the list of decisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))
import reference

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that no file holds."""
    decisions = Path(config.docs_dir) / "decisions"
    listed = ["# Decisions", "", "Why things are as they are, with their drawbacks.", ""]
    for path in sorted(decisions.glob("*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        listed.append(f"- [{title}]({path.name})")
    made = {**reference.pages(), "decisions/index.md": "\n".join(listed) + "\n"}
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files
