//! The commands that do one thing and end.

use std::{process::ExitCode, sync::Arc, time::Duration};

use domain::contacts::{NewPassword, Password};
use service::{Service, Settings, card::CardCheckout, random::Random};
use store::Store;
use tokio::time::timeout;
use url::Url;

use crate::{Failure, cli::say, files, payments::stripe::Stripe, settings::Flags};

/// How long the database may take to close.
const TO_CLOSE: Duration = Duration::from_millis(1_500);

/// Makes or resets a back-office owner.
pub async fn owner(flags: &Flags, email: &str) -> Result<(), Failure> {
    let service = open(flags, &flags.base_url(flags.addr)?, false).await?;
    then_close(&service, async {
        service.store.migrate().await?;
        let password = ask_for_password(email)?;
        service::contacts::make_owner(&service, email, &password).await?;
        say(&format!("{email} can sign in to the back office now."));
        Ok(())
    })
    .await
}

/// Brings the database up to date.
pub async fn migrate(flags: &Flags) -> Result<(), Failure> {
    let service = open(flags, &flags.base_url(flags.addr)?, false).await?;
    then_close(&service, async {
        service.store.migrate().await?;
        say("The database is up to date.");
        Ok(())
    })
    .await
}

/// Recounts what must hold, and says what does not.
pub async fn verify(flags: &Flags) -> Result<ExitCode, Failure> {
    flags.must_be_there()?;
    let service = open(flags, &flags.base_url(flags.addr)?, false).await?;
    then_close(&service, async {
        service.store.ready().await?;
        let findings = service::verify::verify(&service).await?;
        let (entries, hash) = service::verify::end_of_log(&service).await?;
        if entries > 0 {
            say(&format!("The audit log ends with entry {entries}, {hash}."));
        }
        if findings.is_empty() {
            say("All invariants hold.");
            return Ok(ExitCode::SUCCESS);
        }
        for finding in &findings {
            say(&format!("{}: {}", finding.invariant, finding.row));
        }
        Ok(ExitCode::FAILURE)
    })
    .await
}

/// Brings the database up to date, or closes it again.
pub async fn migrated(service: &Service) -> Result<(), Failure> {
    let done = service.store.migrate().await;
    if done.is_err() {
        service.store.close().await;
    }
    Ok(done?)
}

/// Closes the database whatever became of it: SQLite writes its log back into the file then, which is complete alone.
pub async fn then_close<T>(service: &Service, done: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let done = done.await;
    if timeout(TO_CLOSE, service.store.close()).await.is_err() {
        tracing::warn!("the database did not close in time; nothing of it is lost");
    }
    done
}

/// The service on the database of the settings; the data folder is made if it is missing.
pub async fn open(flags: &Flags, base_url: &Url, demo: bool) -> Result<Arc<Service>, Failure> {
    flags.check_way_to_database()?;
    make_data_folder(flags).await?;
    files::close_to_others(flags);
    let store = Store::open(&flags.database_url()).await?;
    let store = match flags.fail_point()? {
        Some(watch) => store.watched(watch),
        None => store,
    };
    let card = Stripe::from_flags(&flags.stripe)?.map(|stripe| Arc::new(stripe) as Arc<dyn CardCheckout>);
    let settings = Settings { card, ..flags.for_service(base_url, demo) };
    Ok(Service::new(store, flags.clock()?, Random::real(), settings))
}

/// The folder of the database and of mails.
pub async fn make_data_folder(flags: &Flags) -> Result<(), Failure> {
    let folder = &flags.data_dir;
    let refused = Failure::machine(format!("the data folder {} cannot be made", folder.display()));
    tokio::fs::create_dir_all(folder).await.map_err(refused)
}

/// From `KEYHOUSE_PASSWORD`, or typed twice and not shown.
fn ask_for_password(email: &str) -> Result<Password, Failure> {
    let typed = match std::env::var("KEYHOUSE_PASSWORD") {
        Ok(given) => NewPassword { password: given.as_str().into(), password_confirmation: given.into() },
        Err(_) => NewPassword { password: ask("Password: ")?, password_confirmation: ask("The same again: ")? },
    };
    Ok(typed.check(&[email]).map_err(service::Error::from)?)
}

fn ask(prompt: &str) -> Result<Password, Failure> {
    let asked = rpassword::prompt_password(prompt).map(Password::from);
    asked.map_err(Failure::machine("no terminal to ask for the password; set KEYHOUSE_PASSWORD"))
}
