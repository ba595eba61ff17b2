//! Serving: from the settings to a listening port, and back to a clean end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use service::demo::{LARGE, PASSWORD, SIGN_INS};
use tokio::{net::TcpListener, signal, time::timeout};

use crate::{
    Closing, Failure, Shared,
    cli::DemoSize,
    clockwork, commands,
    housekeeping::{self, MailFiles},
    mail::{Postman, Worker},
    payments::{self, stripe::Stripe},
    router,
    settings::Flags,
    shared::Network,
};

/// How long requests under way have to finish once it is time to stop; longer than any may take.
const LAST_REQUESTS: Duration = Duration::from_secs(35);

/// Serves until it is told to stop.
pub async fn serve(flags: &Flags) -> Result<(), Failure> {
    let (listener, shared) = prepare(flags, false).await?;
    println!("Keyhouse is at {}", shared.network.base_url);
    run(flags, listener, shared).await
}

/// Serves demo data, made once.
pub async fn demo(flags: &Flags, anywhere: bool, size: DemoSize) -> Result<(), Failure> {
    if !(anywhere || flags.addr.ip().is_loopback()) {
        let addr = flags.addr;
        let refused = format!(
            "{addr} can be reached from elsewhere, and the demo's passwords are public: give --demo-anywhere if you mean it"
        );
        return Err(Failure::Setting(refused));
    }
    let (listener, shared) = prepare(flags, true).await?;
    let mut made = service::demo::make(&shared.service).await?;
    if size == DemoSize::Large {
        made |= service::demo::make_large(&shared.service, LARGE).await?;
    }
    let data = if made { "made now" } else { "was here already" };
    println!(
        "The Keyhouse demo is at {}\nIts data {data}. Everybody's password is {PASSWORD}",
        shared.network.base_url
    );
    for (login, who) in SIGN_INS {
        println!("  {login:<26}{who}");
    }
    run(flags, listener, shared).await
}

/// Everything that can go wrong goes wrong here, before anybody is let in.
async fn prepare(flags: &Flags, demo: bool) -> Result<(TcpListener, Shared), Failure> {
    let taken = format!("cannot listen at {}", flags.addr);
    let listener = TcpListener::bind(flags.addr).await.map_err(Failure::machine(taken.clone()))?;
    let base_url = flags.base_url(listener.local_addr().map_err(Failure::machine(taken))?)?;
    let service = commands::open(flags, &base_url, demo).await?;
    service.store.migrate().await?;
    let network =
        Network { base_url, trusted_proxy: flags.trusted_proxy, requests_per_second: flags.requests_per_second };
    let stripe = Stripe::from_flags(&flags.stripe)?.map(Arc::new);
    Ok((listener, Shared::new(service, network).hearing(stripe)))
}

async fn run(flags: &Flags, listener: TcpListener, shared: Shared) -> Result<(), Failure> {
    let closing = shared.closing.clone();
    let postman = Postman::from_settings(flags, &shared.network.base_url)?;
    let worker = tokio::spawn(Worker::new(shared.service.clone(), postman, closing.clone()).run());
    let files = MailFiles { folder: flags.data_dir.join("mail"), keep: flags.keep.clone() };
    let housekeeping = tokio::spawn(housekeeping::keep(shared.service.clone(), files, closing.clone()));
    let clockwork = tokio::spawn(clockwork::tick(shared.service.clone(), closing.clone()));
    let looking = tokio::spawn(payments::looking::keep(shared.service.clone(), closing.clone()));
    tokio::spawn(close_on_signal(closing.clone()));

    let portal = router::router(shared).into_make_service_with_connect_info::<SocketAddr>();
    let stop = closing.clone();
    let mut serving = tokio::spawn(async move {
        axum::serve(listener, portal).with_graceful_shutdown(async move { stop.wait().await }).await
    });
    tokio::select! {
        ended = &mut serving => ended.map_err(std::io::Error::other).flatten().map_err(Failure::machine("serving"))?,
        () = closing.wait() => {
            if timeout(LAST_REQUESTS, &mut serving).await.is_err() {
                tracing::warn!("some connections did not end in time; they are cut");
                serving.abort();
            }
        }
    }
    closing.begin();
    worker.await.map_err(std::io::Error::other).map_err(Failure::machine("the mail worker"))?;
    housekeeping.await.map_err(std::io::Error::other).map_err(Failure::machine("the housekeeping"))?;
    clockwork.await.map_err(std::io::Error::other).map_err(Failure::machine("the clockwork"))?;
    looking.await.map_err(std::io::Error::other).map_err(Failure::machine("looking at payments"))?;
    tracing::info!("stopped");
    Ok(())
}

/// Ctrl-C at a terminal, SIGTERM from whoever runs services.
async fn close_on_signal(closing: Closing) {
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminated) => terminated.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        _ = terminated => {}
    }
    tracing::info!("stopping: no new connections; requests under way are finished");
    closing.begin();
}
