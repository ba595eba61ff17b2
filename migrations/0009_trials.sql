-- One trial per product per customer account, ever (L4). The primary key is the guard.
create table trials (
    product_id text not null references products (id),
    customer_id text not null references accounts (id),
    license_id text not null references licenses (id),
    primary key (product_id, customer_id)
);
