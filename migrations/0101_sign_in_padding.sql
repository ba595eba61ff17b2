-- What is written when a wrong password is counted for nobody, so that it takes as long as for somebody (A6): that is one more page.
-- The numbers mean nothing, and no row is ever added.
create table sign_in_padding (
    slot bigint primary key,
    written bigint not null
);

insert into sign_in_padding (slot, written)
with recursive slots (slot) as (
    select 0
    union all
    select slot + 1 from slots where slot < 255
)
select slot, 0 from slots;
