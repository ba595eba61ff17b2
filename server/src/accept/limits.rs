//! How many connections there may be, and how long they may keep us waiting.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::ConnectionFlags;

/// Descriptors that are left for the database, mail, files and what else the program opens.
const RESERVED: usize = 128;
/// A program with fewer connections is of no use.
const FEWEST: usize = 16;
/// In which time a head has to arrive from a browser.
const HEADER: u64 = 15;
/// The same behind a proxy, which keeps its connections for the next request and drops slow clients itself.
const HEADER_OF_PROXY: u64 = 90;

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one network; a proxy in front has all of them.
    pub per_network: Option<usize>,
    /// In which time a head has to arrive.
    pub header: Duration,
    /// In which time something has to be read of an answer, and in twice that 1 kB for each second of it.
    pub write: Duration,
}

impl Limits {
    /// What was set, as far as the descriptors suffice.
    pub fn new(flags: &ConnectionFlags, trusted_proxy: bool, open_files: usize) -> Self {
        let connections = flags.connections.min(open_files.saturating_sub(RESERVED)).max(FEWEST);
        let per_network = of_network(flags, connections);
        let header = flags.header_seconds.unwrap_or(if trusted_proxy { HEADER_OF_PROXY } else { HEADER });
        Self {
            connections,
            per_network: (!trusted_proxy).then_some(per_network),
            header: Duration::from_secs(header),
            write: Duration::from_secs(flags.write_seconds),
        }
    }
}

/// How many of so many connections one network may have, also where a proxy has all of them and only what is done with them counts.
pub fn of_network(flags: &ConnectionFlags, connections: usize) -> usize {
    flags.connections_per_address.clamp(1, connections / 2)
}

/// Raises the limit of open files as far as this user may, and says how many there are then.
pub fn raise_open_files() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let limit = if raised.is_ok() { maximum } else { current };
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags() -> ConnectionFlags {
        ConnectionFlags { connections: 4_096, connections_per_address: 512, header_seconds: None, write_seconds: 30 }
    }

    #[test]
    fn descriptors_are_left_for_the_database_and_half_of_the_connections_for_others() {
        let of = |open_files| Limits::new(&flags(), false, open_files);
        assert_eq!((of(1_024).connections, of(1_024).per_network), (896, Some(448)));
        assert_eq!((of(1_048_576).connections, of(1_048_576).per_network), (4_096, Some(512)));
        assert_eq!((of(64).connections, of(64).per_network), (16, Some(8)));
        assert_eq!((of(64).header.as_secs(), of(64).write.as_secs()), (15, 30));
    }

    #[test]
    fn a_trusted_proxy_is_not_counted_and_may_keep_its_connections_for_longer() {
        let behind = Limits::new(&flags(), true, 1_024);
        assert_eq!((behind.connections, behind.per_network, behind.header.as_secs()), (896, None, 90));
        let set = ConnectionFlags { header_seconds: Some(5), ..flags() };
        assert_eq!(Limits::new(&set, true, 1_024).header.as_secs(), 5);
    }

    #[test]
    fn the_limit_of_open_files_is_raised_to_what_the_user_may_have() {
        let raised = raise_open_files();
        let now = getrlimit(Resource::Nofile);
        assert_eq!(now.current, now.maximum);
        assert_eq!(Some(raised), now.current.map_or(Some(usize::MAX), |limit| usize::try_from(limit).ok()));
    }
}
