"""The published JSON Schemas, generated from the records."""

from __future__ import annotations

import json

from pydantic import BaseModel

from sco_extract.model import decisions, records, settings, timeline, validation

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# File name without .schema.json, the record, and the output it describes.
SCHEMAS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("corpus", records.Corpus, "corpus.json"),
    ("source", records.SourceFile, "sources/<id>.json"),
    ("meeting", records.MeetingEntity, "a line of meetings.jsonl"),
    ("document", records.InstrumentEntity, "a line of documents.jsonl"),
    ("action", records.ActionEntity, "a line of actions.jsonl"),
    ("participant", records.ParticipantEntity, "a line of participants.jsonl"),
    ("body", records.BodyEntity, "a line of bodies.jsonl"),
    ("progress", records.Progress, "sco-extract progress --format json"),
    ("measure", records.MeasureProgress, "a line of progress.jsonl"),
    ("finding", records.Finding, "a line of findings.jsonl"),
    ("timeline", timeline.Timeline, "sco-extract timeline --format json"),
    ("decisions", decisions.DecisionsFile, "decisions.toml, which people write"),
    ("decided", decisions.Decided, "decisions.json"),
    ("validation", validation.Validation, "sco-extract validate --format json"),
    ("settings", settings.Settings, "sco-extract.toml, [tool.sco-extract] of pyproject.toml"),
    ("suppressions", settings.SuppressionsFile, "sco-extract.suppressions.toml"),
    ("baseline", settings.Baseline, "sco-extract validate --write-baseline"),
)
_BY_PEOPLE = (decisions.DecisionsFile, settings.Settings, settings.SuppressionsFile)


def schema_text(model: type[BaseModel], describes: str) -> str:
    """The JSON Schema of ``model`` as indented JSON text with a final line end."""
    written_by_people = model in _BY_PEOPLE  # who may leave out what has a default
    generated = model.model_json_schema(mode="validation" if written_by_people else "serialization")
    generated.pop("title", None)
    head = {"$schema": DIALECT, "title": describes, "version": records.SCHEMA_VERSION}
    return json.dumps({**head, **generated}, ensure_ascii=False, indent=2) + "\n"
