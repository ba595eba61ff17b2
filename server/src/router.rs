//! The way of every request: which layers it goes through, in which order, and who answers it.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodRouter, any},
};
use http::StatusCode;
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, ErrorHandler, LeptosRoutes, generate_route_list};
use service::{Service, card::Event};
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{Shared, assets, downloads, events, health, layers::*, payments::stripe::webhook, returned, uploads};

/// An answer that takes longer has failed; the stream of events counts until it begins.
const PATIENCE: Duration = Duration::from_secs(30);

/// One request of so many may be a webhook: Stripe sends few, and again what was refused because there were too many.
const WEBHOOKS: u32 = 4;

/// Everything that this program answers. A layer stands around those written before it, so a
/// request goes through them from the last to the first.
pub fn router(shared: Shared) -> Router {
    app::begin();
    let network = &shared.network;
    let portal = with(pages(&shared), [events::route()].into_iter().chain(downloads::routes()))
        .layer(from_fn_with_state(shared.clone(), downloads::taken::layer))
        .layer(size::layer());
    // Files have a limit of their own.
    let portal = with(portal, uploads::routes())
        .layer(from_fn(outcome::layer))
        .layer(from_fn_with_state(shared.clone(), returned::layer))
        .layer(from_fn_with_state((shared.places.clone(), size::Audience::Browsers(network.clone())), size::long))
        .layer(from_fn_with_state(shared.clone(), session::layer))
        .layer(from_fn(content_type::layer))
        .layer(cross_site::layer(&network.base_url))
        .layer(from_fn_with_state(shared.clone(), cross_site::downgrade))
        .layer(from_fn_with_state(rate::Limit::new(network.requests_per_second), rate::layer));
    // Assets are the same for everybody, so nobody is looked up or counted for them; nor for webhooks, which carry their own proof.
    let everything = portal
        .merge(assets::routes())
        .merge(webhooks(&shared))
        .layer(from_fn_with_state(shared.clone(), address::layer))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(panic::layer())
        .layer(from_fn_with_state(words::Words::new(&shared), words::layer))
        .layer(from_fn(outdated::layer))
        // Leaves alone what is compressed already, and the stream of events.
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(shared.clone(), headers::layer))
        .layer(trace::layer())
        .layer(from_fn_with_state(shared.clone(), request_id::layer));
    // Who watches over us is not counted, and has no line in the log.
    let probes = with(Router::new(), health::routes())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(panic::layer())
        .layer(from_fn_with_state(shared.clone(), headers::layer));
    everything.merge(probes).with_state(shared)
}

/// The pages of the app. They are listed once: while Leptos lists them, no page anywhere in the
/// process loads its data, so a second list would leave a page that is just being made waiting.
pub fn routes() -> &'static [AxumRouteListing] {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES.get_or_init(|| generate_route_list(app::App))
}

/// Every address that is neither a page, nor a server function, nor an asset.
pub fn other_addresses() -> Vec<&'static str> {
    let routes =
        std::iter::once(events::route()).chain(uploads::routes()).chain(downloads::routes()).chain(health::routes());
    routes.map(|(address, _)| address).collect()
}

fn with(
    router: Router<Shared>,
    routes: impl IntoIterator<Item = (&'static str, MethodRouter<Shared>)>,
) -> Router<Shared> {
    routes.into_iter().fold(router, |router, (address, route)| router.route(address, route))
}

/// What Stripe tells us, where the operator takes cards.
fn webhooks(shared: &Shared) -> Router<Shared> {
    let Some(stripe) = &shared.stripe else { return Router::new() };
    let service = shared.service.clone();
    let heard = move |event: Event| {
        let service = service.clone();
        async move { service::billing::payments::hear(&service, &event).await }
    };
    let limit = rate::Limit::new(shared.network.requests_per_second.div_ceil(WEBHOOKS));
    webhook::routes(stripe.clone(), shared.service.clock.clone(), heard).layer(from_fn_with_state(limit, rate::layer))
}

/// The pages and server functions of the app, and its "not found" for all else.
fn pages(shared: &Shared) -> Router<Shared> {
    let service: Arc<Service> = shared.service.clone();
    let context = move || {
        provide_context(service.clone());
        assets::provide_lazy_parts();
    };
    let options = shared.options.clone();
    let not_found = ErrorHandler::new_with_context(context.clone(), app::shell, options.clone());
    Router::new()
        .leptos_routes_with_context(shared, routes().to_vec(), context, move || app::shell(options.clone()))
        .route("/api/{*unknown}", any(StatusCode::NOT_FOUND))
        .fallback_service(not_found)
}
