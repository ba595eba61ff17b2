//! The program `keyhouse`.

use std::{process::ExitCode, time::Duration};

use mimalloc::MiMalloc;

/// Gives back what sign-ins have used: glibc keeps some 19 MiB for each thread that ever hashed a password.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// What still computes when all is done, a password that nobody waits for, is not waited for.
const TO_END: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return server::cli::no_runtime(error),
    };
    let code = runtime.block_on(server::cli::run());
    runtime.shutdown_timeout(TO_END);
    code
}
