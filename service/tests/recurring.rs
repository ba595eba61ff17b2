//! Subscriptions over time: charged when they come due, once, whatever happens in between (B1 to B4, P3); on both databases.

mod added;
mod changed;
mod charged;
mod given_back;
mod repriced;
mod shop;
mod simulated;
