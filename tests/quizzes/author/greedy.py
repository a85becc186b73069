"""Stands in for the process that reads files: takes more than it may, of memory or of time."""

import json
import sys

from quizzes.interchange.child import bound

if __name__ == "__main__":
    bound(128 * 1024 * 1024, 1)
    if json.loads(sys.stdin.buffer.readline())["format"] == "memory":
        hoard = bytearray(1024 * 1024 * 1024)
    while True:
        pass
