//! What the operator may set of connections.

use clap::Args;

/// The limits of connections, as they were given.
#[derive(Args, Clone, Debug)]
pub struct ConnectionFlags {
    /// How many connections may be open at once; never more than the machine has descriptors for
    #[arg(long, global = true, env = "KEYHOUSE_CONNECTIONS", default_value_t = 4096)]
    pub connections: usize,
    /// How many of them from one network address (an IPv6 network of 64 bits counts as one), at most half of all;
    /// not counted behind a trusted proxy
    #[arg(long, global = true, env = "KEYHOUSE_CONNECTIONS_PER_ADDRESS", default_value_t = 512)]
    pub connections_per_address: usize,
    /// Seconds in which the head of a request has to arrive, also the first and the next one of a connection
    /// [default: 15, behind a trusted proxy 90]
    #[arg(long, global = true, env = "KEYHOUSE_HEADER_SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub header_seconds: Option<u64>,
    /// Seconds in which a client has to read more of an answer; twice that in all for one that reads less than 1 kB a second
    #[arg(long, global = true, env = "KEYHOUSE_WRITE_SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub write_seconds: u64,
}
