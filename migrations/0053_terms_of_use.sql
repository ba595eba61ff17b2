-- Terms of use of a license option, which have to be accepted before it is ordered (O1). The consent is kept with the order:
-- who gave it, when, from which network address and browser, and the terms as they were shown. Orders without it had
-- nothing to accept.
alter table license_options add column terms_of_use text;
alter table orders add column consent_by text references contacts (id);
alter table orders add column consent_at bigint;
alter table orders add column consent_address text;
alter table orders add column consent_browser text;
alter table orders add column consent_terms text;
