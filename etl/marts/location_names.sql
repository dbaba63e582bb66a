-- The practice's locations in its own order; Practice-wide, which is no location, last.
select location, location_order from locations order by location_order;
