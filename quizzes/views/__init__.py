"""Views of quizzes, by who acts."""
