"""The tests of Naru."""
