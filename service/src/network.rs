//! The network that an address belongs to: what every limit counts.

use std::net::{IpAddr, Ipv6Addr};

/// The network of an address. An IPv4 address is one of its own. A household or a server has a whole network of IPv6 addresses,
/// which agree in their first 64 bits. An IPv4 address written as an IPv6 one is the same address.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

/// The same of an address as it stands in an [`Origin`](crate::Origin). What is no address, such as the command line, is a network of its own.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(address @ IpAddr::V4(_)) => network_of(address).to_string(),
        Ok(address @ IpAddr::V6(_)) => match network_of(address) {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(network) => format!("{network}/64"),
        },
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_addresses_of_one_network_count_as_one() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
            ("local", "local"),
        ] {
            assert_eq!(network(address), expected, "{address}");
        }
    }
}
