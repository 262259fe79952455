"""The map: areas as shapes, cases as columns, numbers of an area that somebody draws."""
