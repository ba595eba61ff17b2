-- A form that nobody sent (somebody who is not signed in) says which one it is, so that of each form a number of its own is kept, and
-- the refusals of one push out none of another: store/src/drafts/limits.rs. It is empty for all other drafts.
alter table drafts add column form text;
