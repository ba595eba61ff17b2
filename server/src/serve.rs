//! Serving: from the settings to a listening port, and back to a clean end.

use std::{io, sync::Arc, time::Duration};

use service::demo::{PASSWORD, SIGN_INS};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
    time::{Instant, timeout_at},
};
use url::Url;

use crate::{
    Closing, Failure, Shared,
    accept::{self, Limits, of_network, raise_open_files},
    cli::{DemoSize, say},
    clockwork, commands, demo_data,
    housekeeping::{self, MailFiles},
    key_file,
    mail::{Postman, Worker},
    payments::{self, stripe::Stripe},
    router::router,
    settings::Flags,
    shared::Network,
};

/// How long all that is under way has to end once it is time to stop. Those who run services kill after 10 s; the database is closed in
/// what is left.
const TO_END: Duration = Duration::from_secs(8);

/// Serves until it is told to stop.
pub async fn serve(flags: &Flags) -> Result<(), Failure> {
    let (listener, base_url) = listen(flags).await?;
    let shared = prepare(flags, base_url, false).await?;
    let told = Told::listen()?;
    say(&format!("Keyhouse is at {}", shared.network.base_url));
    let service = shared.service.clone();
    commands::then_close(&service, run(flags, listener, shared, told)).await
}

/// Serves demo data, made once.
pub async fn demo(flags: &Flags, anywhere: bool, size: DemoSize) -> Result<(), Failure> {
    if let Some(why) = flags.reached_from_elsewhere().filter(|_| !anywhere) {
        return Err(Failure::Setting(format!(
            "{why} can be reached from elsewhere, and the demo's passwords are public: give --demo-anywhere if you mean it"
        )));
    }
    let (listener, base_url) = listen(flags).await?;
    let made_file = demo_data::make_file(flags, &base_url, size).await?;
    let shared = prepare(flags, base_url, true).await?;
    let service = shared.service.clone();
    commands::then_close(&service, async {
        let made = demo_data::make(&shared.service, flags, size).await? || made_file;
        let told = Told::listen()?;
        let data = if made { "made now" } else { "was here already" };
        say(&format!(
            "The Keyhouse demo is at {}\nIts data {data}. Everybody's password is {PASSWORD}",
            shared.network.base_url
        ));
        for (login, who) in SIGN_INS {
            say(&format!("  {login:<26}{who}"));
        }
        run(flags, listener, shared, told).await
    })
    .await
}

/// Where it listens, and the address that people use.
async fn listen(flags: &Flags) -> Result<(TcpListener, Url), Failure> {
    let taken = format!("cannot listen at {}", flags.addr);
    let listener = TcpListener::bind(flags.addr).await.map_err(Failure::machine(taken.clone()))?;
    let base_url = flags.base_url(listener.local_addr().map_err(Failure::machine(taken))?)?;
    Ok((listener, base_url))
}

/// Everything that can go wrong goes wrong here, before anybody is let in.
async fn prepare(flags: &Flags, base_url: Url, demo: bool) -> Result<Shared, Failure> {
    let service = commands::open(flags, &base_url, demo).await?;
    commands::migrated(&service).await?;
    key_file::take(&flags.key_file(), &service).await?;
    let network =
        Network { base_url, trusted_proxy: flags.trusted_proxy, requests_per_second: flags.requests_per_second };
    let stripe = Stripe::from_flags(&flags.stripe)?.map(Arc::new);
    Ok(Shared::new(service, network).hearing(stripe))
}

async fn run(flags: &Flags, listener: TcpListener, shared: Shared, told: Told) -> Result<(), Failure> {
    let (service, closing) = (shared.service.clone(), shared.closing.clone());
    let postman = Postman::from_settings(flags, &shared.network.base_url)?;
    let limits = Limits::new(&flags.connections, flags.trusted_proxy, raise_open_files());
    let shared = shared.within(limits.connections, of_network(&flags.connections, limits.connections));
    let files = MailFiles { folder: flags.data_dir.join("mail"), keep: flags.keep.clone() };
    let workers = [
        ("the mail worker", tokio::spawn(Worker::new(service.clone(), postman, closing.clone()).run())),
        ("the housekeeping", tokio::spawn(housekeeping::keep(service.clone(), files, closing.clone()))),
        ("the clockwork", tokio::spawn(clockwork::tick(service.clone(), closing.clone()))),
        ("looking at payments", tokio::spawn(payments::looking::keep(service.clone(), closing.clone()))),
    ];
    tokio::spawn(told.close(closing.clone()));

    let serving =
        tokio::spawn(then_close(closing.clone(), accept::serve(listener, router(shared), limits, closing.clone())));
    until_ended(serving, async move { service.afterwards.ended().await }, workers, &closing).await
}

/// Does it, and then it is time to stop: also when it ended because it has met a bug.
async fn then_close(closing: Closing, doing: impl Future<Output = ()>) {
    let _at_the_end = AtTheEnd(closing);
    doing.await;
}

/// Says when it is dropped that it is time to stop.
struct AtTheEnd(Closing);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.0.begin();
    }
}

/// Waits until it is time to stop, and then until all have ended; whatever failed is told, the first of them. What goes on after its
/// answer is complete only when nobody is answered any more.
async fn until_ended<const N: usize>(
    serving: JoinHandle<()>,
    afterwards: impl Future<Output = ()> + Send + 'static,
    workers: [(&'static str, JoinHandle<()>); N],
    closing: &Closing,
) -> Result<(), Failure> {
    closing.wait().await;
    let until = Instant::now() + TO_END;
    let mut ended = end("the connections", serving, until).await;
    ended = ended.and(end("what goes on after its answer", tokio::spawn(afterwards), until).await);
    for (name, worker) in workers {
        ended = ended.and(end(name, worker, until).await);
    }
    tracing::info!("stopped");
    ended
}

/// Waits until it has ended by itself, or cuts it off: what it had not committed was not done, and is done the next time.
async fn end(name: &'static str, mut task: JoinHandle<()>, until: Instant) -> Result<(), Failure> {
    if task.is_finished() {
        return task.await.map_err(io::Error::other).map_err(Failure::machine(name));
    }
    match timeout_at(until, &mut task).await {
        Ok(ended) => ended.map_err(io::Error::other).map_err(Failure::machine(name)),
        Err(_) => {
            tracing::warn!("{name} did not end in time and is cut off");
            task.abort();
            // Gone from the runtime, so that the database can be closed.
            task.await.ok();
            Ok(())
        }
    }
}

/// Ctrl-C at a terminal, SIGTERM from whoever runs services.
struct Told {
    interrupt: Signal,
    terminate: Signal,
}

impl Told {
    /// From now on it is noted, and no longer ends the program at once.
    fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(Failure::machine("it cannot be told to stop"));
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    async fn close(mut self, closing: Closing) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        closing.begin();
        tracing::info!("stopping: no new connections; requests under way are finished");
    }
}

#[cfg(test)]
mod tests {
    use domain::contacts::Forgot;
    use service::testing::World;

    use super::*;

    #[tokio::test]
    async fn serving_that_ends_by_itself_ends_the_workers_too() {
        let closing = Closing::default();
        let serving = tokio::spawn(then_close(closing.clone(), async {}));
        let worker = tokio::spawn({
            let closing = closing.clone();
            async move { closing.wait().await }
        });
        until_ended(serving, async {}, [("a worker", worker)], &closing).await.expect("all have ended well");
    }

    #[tokio::test]
    async fn serving_that_met_a_bug_ends_the_workers_too_and_says_so() {
        let closing = Closing::default();
        let serving = tokio::spawn(then_close(closing.clone(), async { panic!("a bug") }));
        let worker = tokio::spawn({
            let closing = closing.clone();
            async move { closing.wait().await }
        });
        let ended = until_ended(serving, async {}, [("a worker", worker)], &closing).await;
        let failed = ended.expect_err("it has met a bug");
        assert!(failed.to_string().starts_with("the connections"), "{failed}");
    }

    #[tokio::test]
    async fn a7_a_link_that_was_promised_is_written_before_the_program_ends() {
        let world = World::new().await;
        world.reseller("acme").await;
        // Somebody writes for long.
        let before = world.service.store.write().await.expect("the only writer");
        let form = Forgot { login: "admin@acme.example".to_owned() };
        drop(service::contacts::forgot(&world.service, &world.origin(), &form).await.expect("promised"));
        let closing = Closing::default();
        closing.begin();
        let service = world.service.clone();
        let stopping = tokio::spawn(async move {
            let afterwards = async move { service.afterwards.ended().await };
            until_ended(tokio::spawn(async {}), afterwards, [], &closing).await
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!stopping.is_finished(), "the link is not written yet");
        drop(before);
        stopping.await.expect("it ran").expect("all have ended well");
        let mails: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
        assert_eq!(mails, ["Choose a new password"]);
    }
}
