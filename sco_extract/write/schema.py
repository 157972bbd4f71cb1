"""The published JSON Schemas, generated from the records."""

from __future__ import annotations

import json

from pydantic import BaseModel

from sco_extract.model import decisions, records, timeline

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
)


def schema_text(model: type[BaseModel], describes: str) -> str:
    """The JSON Schema of ``model`` as indented JSON text with a final line end."""
    written_by_people = model is decisions.DecisionsFile  # who may leave out what has a default
    generated = model.model_json_schema(mode="validation" if written_by_people else "serialization")
    generated.pop("title", None)
    head = {"$schema": DIALECT, "title": describes, "version": records.SCHEMA_VERSION}
    return json.dumps({**head, **generated}, ensure_ascii=False, indent=2) + "\n"
