//! How many requests one network address may make: generous for people, tight for a flood.
//!
//! Signing in has its own, much tighter limits; `service` keeps them, because they also count names.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use http::{StatusCode, header::RETRY_AFTER};
use service::{
    network::network_of,
    security_log::{self, Who},
};

use super::address::Client;
use crate::sparing::Sparing;

/// A page asks for many things at once, so a burst may be this many seconds' worth.
const BURST_SECONDS: u32 = 5;
/// After so many requests, addresses that have been quiet are forgotten.
const FORGET_AFTER: u32 = 10_000;

/// The counters of all addresses.
#[derive(Clone)]
pub struct Limit(Option<Arc<Counters>>);

struct Counters {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU32,
    refused: Sparing,
}

impl Limit {
    /// So many requests in a second from one address; 0 is without a limit.
    pub fn new(per_second: u32) -> Self {
        Self(NonZeroU32::new(per_second).map(|per_second| {
            let burst = per_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST_SECONDS - 1));
            let limiter = RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst));
            Arc::new(Counters { limiter, asked: AtomicU32::new(0), refused: Sparing::new() })
        }))
    }

    /// How many seconds the address has to wait, if it was too fast.
    fn wait(&self, address: IpAddr) -> Option<u64> {
        let counters = self.0.as_ref()?;
        if counters.asked.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
            counters.limiter.retain_recent();
        }
        let refused = counters.limiter.check_key(&network_of(address)).err()?;
        // Whoever floods would fill the log as well: one line a minute. The line of each request has its 429.
        if counters.refused.say().is_some() {
            security_log::event("limit.hit", &address.to_string(), Who::Unknown, "requests");
        }
        let wait = refused.wait_time_from(counters.limiter.clock().now());
        Some(wait.as_secs() + 1)
    }
}

/// Counts the request; too many are answered with 429.
pub async fn layer(State(limit): State<Limit>, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>();
    match client.and_then(|client| limit.wait(client.0)) {
        Some(seconds) => (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, seconds.to_string())]).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_address_that_floods_waits_and_another_does_not() {
        let limit = Limit::new(2);
        let fast: Vec<_> = (0..11).map(|_| limit.wait(address("203.0.113.7")).is_some()).collect();
        assert_eq!(fast.iter().filter(|waits| **waits).count(), 1);
        assert_eq!(limit.wait(address("203.0.113.8")), None);
    }

    #[test]
    fn a_network_of_ipv6_addresses_counts_as_one() {
        let limit = Limit::new(1);
        for host in 1..=5 {
            assert_eq!(limit.wait(address(&format!("2001:db8::{host}"))), None);
        }
        assert!(limit.wait(address("2001:db8::6")).is_some());
        assert_eq!(limit.wait(address("2001:db8:0:1::6")), None);
    }

    #[test]
    fn nought_is_without_a_limit() {
        let limit = Limit::new(0);
        assert!((0..1000).all(|_| limit.wait(address("203.0.113.7")).is_none()));
    }
}
