"""How much a file and an import may hold, checked before and while it is read. Pure; docs/importing-questions.md."""

MAX_BYTES = 10 * 1024 * 1024  # of all files of one import together
MAX_FILES = 20  # of one import
MAX_QUESTIONS = 5_000  # of one file
MAX_PROBLEMS = 2_000  # told of one file
MAX_WORDS = 20_000  # characters of one question as it is stored

# Of the process that reads a file (quizzes/interchange/child.py):
MAX_MEMORY = 1024 * 1024 * 1024  # bytes of address space
MAX_CPU = 20  # seconds
MAX_WALL = 30  # seconds, for all files of one import together
MAX_ANSWER = 64 * 1024 * 1024  # bytes of what it found

# Of an archive: never extracted, each part read into memory up to these
MAX_PARTS = 20_000
MAX_PART = 64 * 1024 * 1024  # bytes of one part, unpacked
MAX_UNPACKED = 128 * 1024 * 1024  # bytes of all parts read
