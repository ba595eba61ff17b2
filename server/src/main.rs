//! The program `keyhouse`.

use std::{process::ExitCode, time::Duration};

use mimalloc::MiMalloc;

/// Gives back what sign-ins have used: glibc keeps some 19 MiB for each thread that ever hashed a password.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// What still computes when all is done, a password that nobody waits for, is not waited for.
const TO_END: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    // The allocator asks for pages of 2 MiB, of which each stays whole for whatever is left in it: some 40 MiB after a busy minute.
    #[cfg(target_os = "linux")]
    rustix::thread::disable_transparent_huge_pages(true).ok();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return server::cli::no_runtime(error),
    };
    let code = runtime.block_on(server::cli::run());
    runtime.shutdown_timeout(TO_END);
    code
}
