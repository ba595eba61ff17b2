//! Hand-made requests of people who want more than they may.

mod escalation;
mod guessing;
mod hosts;
mod replay;
mod stolen;
mod suspended;
