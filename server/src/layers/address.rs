//! Finds out where a request comes from: the other end of the connection, or what a trusted proxy says.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName};

use crate::shared::Network;

const FORWARDED: [HeaderName; 3] = [
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-host"),
];

/// The network address of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

/// Notes the client's address. Without a trusted proxy the headers that only a proxy may set are
/// dropped, so that nothing behind this layer can take them for the truth.
pub async fn layer(State(network): State<Arc<Network>>, mut request: Request, next: Next) -> Response {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = network.trusted_proxy.then(|| last_forwarded(request.headers())).flatten();
    if !network.trusted_proxy {
        for header in FORWARDED {
            request.headers_mut().remove(header);
        }
    }
    let address = forwarded.or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let client = Client(address.to_canonical());
    request.extensions_mut().insert(client);
    let mut response = next.run(request).await;
    // For the log.
    response.extensions_mut().insert(client);
    response
}

/// The last address of the list: our proxy wrote it, all before it came from outside. Some proxies add the port, and write an IPv6
/// address in brackets.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(&FORWARDED[0]).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    let bare = last.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(last);
    bare.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_our_own_proxy_wrote_is_believed() {
        let forwarded = |lines: &[&'static str]| {
            let name = &FORWARDED[0];
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(name, HeaderValue::from_static(line));
            }
            last_forwarded(&headers).map(|address| address.to_string())
        };
        assert_eq!(forwarded(&["1.2.3.4, 203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(forwarded(&["1.2.3.4", "2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded(&["1.2.3.4, 203.0.113.7:50123"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(forwarded(&["[2001:db8::1]:50123"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded(&["[2001:db8::1]"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded(&["203.0.113.7, nonsense"]), None);
        assert_eq!(forwarded(&[]), None);
    }
}
