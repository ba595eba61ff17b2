//! What the handlers and layers share.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::Service;
use url::Url;

use crate::{Closing, assets, downloads::Desk, events::Streams, layers::size::Places, payments::stripe::Stripe};

/// What the handlers and layers share.
#[derive(Clone, FromRef)]
pub struct Shared {
    /// All deeds.
    pub service: Arc<Service>,
    /// Where Leptos finds the script and the style of this build.
    pub options: LeptosOptions,
    /// The signal that it is time to stop.
    pub closing: Closing,
    /// What stands between us and the network.
    pub network: Arc<Network>,
    /// The pages that listen for changes.
    pub streams: Streams,
    /// The places for long bodies.
    pub places: Places,
    /// The places of those who wait for a document to be drawn.
    pub drawing: Desk,
    /// Whose webhooks are heard, where the operator takes cards.
    pub stripe: Option<Arc<Stripe>>,
}

/// What stands between us and the network.
#[derive(Debug, Clone)]
pub struct Network {
    /// The address that people use.
    pub base_url: Url,
    /// X-Forwarded-For is to be believed.
    pub trusted_proxy: bool,
    /// Requests in a second from one address; 0 is without a limit.
    pub requests_per_second: u32,
}

impl Network {
    /// Whether people come by https, even if a proxy ends it before us.
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

impl Shared {
    /// For a service on the network. Nothing is read from the disk: the options are those that
    /// the site was built with.
    pub fn new(service: Arc<Service>, network: Network) -> Self {
        let options = LeptosOptions::builder().output_name("keyhouse").site_pkg_dir(assets::pkg_dir()).build();
        let closing = service.closing.clone();
        Self {
            service,
            options,
            closing,
            network: Arc::new(network),
            streams: Streams::default(),
            places: Places::default(),
            drawing: Desk::default(),
            stripe: None,
        }
    }

    /// Lets so many pages listen as so many connections, in all and of one network, allow.
    #[must_use]
    pub fn within(self, connections: usize, of_network: usize) -> Self {
        Self { streams: Streams::within(connections, of_network), ..self }
    }

    /// Hears Stripe's webhooks.
    #[must_use]
    pub fn hearing(self, stripe: Option<Arc<Stripe>>) -> Self {
        Self { stripe, ..self }
    }
}
