"""Pages of the builder: the list of scenarios, building one, and a report as given."""
