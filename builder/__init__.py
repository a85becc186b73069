"""Scenarios, designs and reports. Never imports quizzes."""
