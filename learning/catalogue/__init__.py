"""Course folders and notes as data, and notes as safe HTML. Pure: no Django, no clock, no chance."""
