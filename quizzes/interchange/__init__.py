"""Questions in other formats: file <-> items, each format a module that knows no other. Pure: no Django, no clock."""
