"""Views of the ground floor, by what one comes for: pages, lessons, search, one's own account."""
