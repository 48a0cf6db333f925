-- Parked benefit years (挂起年度). The first day of the year in which nothing is booked; null for all years.
alter table parkings add column benefit_year date;
