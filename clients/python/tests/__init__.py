"""Tests against a real worker with its tone voice and the small voices of its own tests."""
