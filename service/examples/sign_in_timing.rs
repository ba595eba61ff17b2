//! Measures whether the time of a failed sign-in tells which names exist (A6): wrong passwords for names that exist, that nobody has,
//! that are not activated, and that are locked, in a random order, compared by the Mann-Whitney test.
//!
//! ```sh
//! cargo run -p service --features testing --example sign_in_timing -- 1000
//! ```
//!
//! A p below 0.01 for one of the pairs, also when run again, is a leak.

use std::time::Instant;

use domain::contacts::SignIn;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use service::{Origin, Service, Settings, random::Random, sessions, testing::World};

/// How many names of each kind.
const NAMES: usize = 20;
const KINDS: [&str; 4] = ["active", "unknown", "pending", "locked"];

#[tokio::main]
async fn main() {
    let tries: usize = std::env::args().nth(1).and_then(|tries| tries.parse().ok()).unwrap_or(1_000);
    let mut world = World::new().await;
    // Passwords cost here what they cost in earnest, those that are stored as well.
    let (store, clock) = (world.service.store.clone(), world.service.clock.clone());
    let settings = Settings { sign_ins_per_minute: 1_000_000, ..Settings::default() };
    world.service = Service::new(store, clock, Random::seeded(5), settings);
    for at in 0..NAMES {
        let reseller = world.reseller(&format!("r{at}")).await;
        world.customer(&reseller, &format!("active{at}@x.example")).await;
        world.as_customer(&format!("active{at}@x.example")).await;
        world.customer(&reseller, &format!("pending{at}@x.example")).await;
        world.customer(&reseller, &format!("locked{at}@x.example")).await;
        world.as_customer(&format!("locked{at}@x.example")).await;
        world.lock(&format!("locked{at}@x.example")).await;
    }
    let service = world.service.clone();

    let mut order: Vec<(usize, usize)> =
        (0..KINDS.len()).flat_map(|kind| (0..tries).map(move |at| (kind, at))).collect();
    order.shuffle(&mut StdRng::seed_from_u64(3));
    let mut millis = vec![Vec::with_capacity(tries); KINDS.len()];
    for (kind, at) in order {
        let login = format!("{}{}@x.example", KINDS[kind], at % NAMES);
        // Four tries of each network, so that the one that is told to wait is among them; and never a hundred for one name.
        let network = at / NAMES / 4;
        let address = format!("10.{kind}.{}.{}", network / 200, network % 200);
        let origin = Origin { address, ..world.origin() };
        let form = SignIn { login, password: "wrong".into(), next: String::new() };
        let begun = Instant::now();
        sessions::sign_in(&service, &origin, &form).await.expect_err("a wrong password");
        millis[kind].push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    for (kind, millis) in KINDS.iter().zip(&millis) {
        println!("{kind:8} {} tries, median {:.3} ms", millis.len(), median(millis));
    }
    for kind in [0, 2, 3] {
        let z = mann_whitney(&millis[kind], &millis[1]);
        println!("{} against unknown: z = {z:.2}, p = {:.3}", KINDS[kind], two_sided(z));
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The standard score of the sum of ranks; ties hardly occur.
fn mann_whitney(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<_> =
        one.iter().map(|value| (*value, true)).chain(other.iter().map(|value| (*value, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ranks: f64 = all.iter().zip(1_u32..).filter(|((_, first), _)| *first).map(|(_, rank)| f64::from(rank)).sum();
    let [n, m] = [one.len(), other.len()].map(|len| len as f64);
    let u = ranks - n * (n + 1.0) / 2.0;
    (u - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

/// The probability of a score at least so far from nothing, by the approximation 7.1.26 of Abramowitz and Stegun.
fn two_sided(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    series.iter().fold(0.0_f64, |sum, factor| (sum + factor) * t) * (-x * x).exp()
}
