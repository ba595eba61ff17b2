-- Where an account is found on the web, as typed: taken over from the application by which it came (A3).
alter table accounts add column website text;
