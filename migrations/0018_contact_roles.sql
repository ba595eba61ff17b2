-- What a contact is (A4, A8, A9): `roles` are words with a space between them, whose rights are the union. Whoever is not a
-- Storefront user has no `storefront_since` and cannot sign in; `username_folded` then holds the contact's id, so that the
-- name stays free for others.
alter table contacts add column roles text not null default '';
alter table contacts add column job_title text;
alter table contacts add column storefront_since bigint;

update contacts
set storefront_since = created_at,
    roles = case (select kind from accounts where accounts.id = contacts.account_id)
        when 'operator' then 'owner'
        when 'reseller' then 'admin'
        else 'customer'
    end;
