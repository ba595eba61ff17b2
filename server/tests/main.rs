//! The portal as browsers meet it, without a port: real sign-ins, real pages, a database of its own for each story.

mod access;
mod browser;
mod crash;
mod deliveries;
mod downloads;
mod events;
mod forms;
mod headers;
mod health;
mod hostile;
mod import;
mod lists;
mod markup;
mod months;
mod office;
mod office_billing;
mod order_pages;
mod people;
mod prices;
mod program;
mod records;
mod refused;
mod second_factor;
mod signing_in;
mod stripe;
mod test_app;
