//! The command line: which commands there are, and what they answer to the shell.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand, ValueEnum, builder::FalseyValueParser};
use tracing_subscriber::EnvFilter;

use crate::{
    Failure, backup, commands, files,
    log::{Lines, OneLine},
    serve,
    settings::Flags,
};

/// Keyhouse: licenses for a software vendor, its resellers and their customers.
#[derive(Parser)]
#[command(name = "keyhouse", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal (this is what happens without a command)
    Serve,
    /// Serve with demo data, made once; prints the demo sign-ins
    Demo {
        /// Let the demo be reached from other machines: its passwords are public
        #[arg(long, env = "KEYHOUSE_DEMO_ANYWHERE", value_parser = FalseyValueParser::new())]
        demo_anywhere: bool,
        /// How much of it: `large` has 1,000 resellers and 10,000 customers more
        #[arg(long, env = "KEYHOUSE_DEMO_SIZE", value_enum, default_value_t)]
        size: DemoSize,
    },
    /// Make or reset a back-office owner; the password is asked for, or taken from KEYHOUSE_PASSWORD
    Owner {
        /// The owner's e-mail address, to sign in with
        email: String,
    },
    /// Bring the database up to date
    Migrate,
    /// Recount what must hold in the database; prints the rows that break it, and ends with 1
    Verify,
    /// Copy the SQLite database into a new file, also while the portal is served, and recount what must hold in the copy
    Backup {
        /// The file; it must not be there yet
        file: PathBuf,
    },
}

/// How much demo data there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DemoSize {
    /// Two resellers and a few customers
    #[default]
    Small,
    /// As many as a large operator has
    Large,
}

/// Reads the command line and the environment, and does what they say.
pub async fn run() -> ExitCode {
    files::make_only_ours();
    let Cli { command, flags } = Cli::parse();
    let mut lines = Lines::to(io::stderr());
    lines.hear_panics();
    let done = match start_logs(&flags.log, &lines) {
        Ok(()) => obey(command.unwrap_or(Command::Serve), &flags).await,
        Err(failure) => Err(failure),
    };
    let code = done.unwrap_or_else(|failure| {
        lines.write_all(words_of(&failure).as_bytes()).ok();
        ExitCode::FAILURE
    });
    lines.end();
    code
}

/// Does what was asked for.
async fn obey(command: Command, flags: &Flags) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve => serve::serve(flags).await?,
        Command::Demo { demo_anywhere, size } => serve::demo(flags, demo_anywhere, size).await?,
        Command::Owner { email } => commands::owner(flags, &email).await?,
        Command::Migrate => commands::migrate(flags).await?,
        Command::Verify => return commands::verify(flags).await,
        Command::Backup { file } => return backup::backup(flags, &file).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// What is not logged whatever the settings say: libraries that write whole addresses, in which the tokens of links stand.
const UNTOLD: [&str; 1] = ["tower_http::csrf=warn"];

/// Nothing can be done without threads and timers.
pub fn no_runtime(error: io::Error) -> ExitCode {
    let words = words_of(&Failure::machine("the program cannot start")(error));
    io::stderr().write_all(words.as_bytes()).ok();
    ExitCode::FAILURE
}

fn start_logs(filter: &str, lines: &Lines) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|error| Failure::Setting(format!("--log: {error}")))?;
    let filter = UNTOLD
        .iter()
        .fold(filter, |filter, untold| filter.add_directive(untold.parse().expect("a directive of ours can be read")));
    let colored = io::stderr().is_terminal();
    let lines = lines.clone();
    // Whoever reads the log may go away, and that is no reason to stop: `log_internal_errors` would panic then.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colored)
        .with_writer(move || OneLine { to: lines.clone(), colored })
        .log_internal_errors(false)
        .init();
    Ok(())
}

/// Says something to whoever started the program, if they still listen: `println!` would panic.
pub fn say(words: &str) {
    writeln!(io::stdout(), "{words}").ok();
}

fn words_of(failure: &Failure) -> String {
    format!("keyhouse: {failure}\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_setting_has_a_default_and_is_good_for_every_command() {
        for line in
            ["keyhouse", "keyhouse verify --data-dir elsewhere", "keyhouse --data-dir elsewhere owner a@b.example"]
        {
            let cli = Cli::try_parse_from(line.split(' ')).map_err(|error| error.to_string());
            assert!(cli.is_ok(), "{line}: {:?}", cli.err());
        }
    }

    #[test]
    fn the_help_lists_every_setting_and_every_command() {
        let help = Cli::command().render_long_help().to_string();
        for word in [
            "serve",
            "demo",
            "owner",
            "migrate",
            "verify",
            "backup",
            "--addr",
            "--base-url",
            "--database-url",
            "--smtp-url",
            "--stripe-secret-key",
            "--stripe-webhook-secret",
            "--stripe-url",
            "--data-dir",
            "--mail-from",
            "--activation-hours",
            "--sign-ins-per-minute",
            "--applications-per-hour",
            "--requests-per-second",
            "--connections",
            "--connections-per-address",
            "--header-seconds",
            "--write-seconds",
            "--insecure-database",
            "--insecure-smtp",
            "--trusted-proxy",
            "--test-clock",
            "KEYHOUSE_CLOCK_FILE",
            "KEYHOUSE_FAIL_FILE",
            "--log",
        ] {
            assert!(help.contains(word), "{word} is missing");
        }
        assert!(!["restore", "openapi"].iter().any(|later| help.contains(later)));
    }
}
