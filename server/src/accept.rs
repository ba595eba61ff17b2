//! Lets connections in, and ends those that keep others out.
//!
//! axum's own loop has no limits: whoever opens connections and sends nothing holds them for ever, and a thousand of them take all
//! descriptors. Here a head has to arrive in time (which also ends idle connections), an answer has to be read, not too slowly, and there
//! are only so many connections, in all and from one network. When there are too many, those that wait for their client go first, and
//! then those whose answer nobody takes, so that neither half-open connections nor slow readers ever keep anybody out.

mod connection;
mod flags;
mod limits;
mod phase;
mod places;
mod stream;

use std::{io, time::Duration};

use axum::Router;
use service::network::network;
use tokio::{net::TcpListener, task::JoinSet, time::sleep};

use self::places::Places;
pub use self::{
    flags::ConnectionFlags,
    limits::{Limits, of_network, raise_open_files},
};
use crate::{Closing, sparing::Sparing};

/// How long to wait at first when the machine gives no connection, and at most.
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Serves until it is time to stop and what is under way has been answered.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, closing: Closing) {
    let places = Places::new(limits);
    let (full, broken) = (Sparing::new(), Sparing::new());
    let mut connections = JoinSet::new();
    let mut pause = PAUSE;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = closing.wait() => break,
        };
        while connections.try_join_next().is_some() {}
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_of_the_client(&error) => continue,
            Err(error) => {
                if let Some(unsaid) = broken.say() {
                    tracing::error!(%error, unsaid, "connections cannot be accepted");
                }
                places.let_one_go();
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                continue;
            }
        };
        pause = PAUSE;
        match places.enter(peer.ip()) {
            Some(place) => {
                connections.spawn(connection::serve(stream, peer, router.clone(), limits, place, closing.clone()));
            }
            None => {
                if let Some(unsaid) = full.say() {
                    let network = network(&peer.ip().to_string());
                    tracing::warn!(%network, unsaid, "a connection was refused: there are too many");
                }
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// The client has gone before it was let in; all else is a lack of the machine.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

#[cfg(test)]
mod tests;
