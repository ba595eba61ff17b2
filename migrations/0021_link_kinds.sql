-- A link in a mail is for an activation (A5) or for a new password (A7): both work once, until their end, and only their hash
-- is stored. A new link voids those of its kind before it; a link that is used voids all others of its holder.
alter table activation_links rename to links;
alter table links add column kind text not null default 'activation';
