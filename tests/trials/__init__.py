"""Promises tried from outside, on the real server: what must survive a kill, a power cut and a blocked database.

Each is a program with counts, `python -m tests.trials.kill 50`, and runs in the suite as one short test.
"""
