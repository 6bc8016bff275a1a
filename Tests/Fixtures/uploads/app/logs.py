"""One JSON object a line on standard output. Only fields that are named are logged: never headers, never bodies."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JSONLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JSONLines())
    logger = logging.getLogger("uploads")
    logger.handlers = [handler]
    logger.setLevel(level.upper())
    # uvicorn's access log has no request id, and shows query strings.
    logging.getLogger("uvicorn.access").disabled = True
