"""What answers say of items, quizzes and learners. Pure: no Django, no clock, no chance."""
