"""The ground floor: course, lessons, statements, learners, evidence."""
