//! How many requests a second are answered at eight connections, and how long the slowest of a hundred takes: `make serving`. Of this
//! program, and of others that `KEYHOUSE_BESIDE` names and that know the same tables, in one run: they take turns, so that whatever
//! else the machine does is shared.

mod line;
mod program;

use std::{
    env, thread,
    time::{Duration, Instant},
};

use self::{line::Line, program::Program};

const CONNECTIONS: usize = 8;
const ROUNDS: usize = 3;
/// For how long each is asked in a round.
const TIME: Duration = Duration::from_secs(3);
/// What is not counted: the first answers fill caches.
const AT_FIRST: usize = 50;

/// What is asked for.
struct Ask {
    name: &'static str,
    /// How the request begins.
    first: &'static str,
    /// More of its head.
    head: &'static str,
    signed_in: bool,
}

const PAGE: &str = "Accept: text/html\r\n";
const FORM: &str =
    "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n";
const ASKS: [Ask; 6] = [
    Ask { name: "/healthz", first: "GET /healthz", head: "", signed_in: false },
    Ask { name: "/login", first: "GET /login", head: PAGE, signed_in: false },
    Ask { name: "/", first: "GET /", head: PAGE, signed_in: true },
    Ask { name: "/licenses, 50 rows", first: "GET /licenses", head: PAGE, signed_in: true },
    Ask {
        name: "/licenses, compressed",
        first: "GET /licenses",
        head: "Accept: text/html\r\nAccept-Encoding: br\r\n",
        signed_in: true,
    },
    Ask { name: "the list as JSON", first: "POST /api/licenses/list", head: FORM, signed_in: true },
];

/// What became of one ask at one program.
#[derive(Default)]
struct Measured {
    /// Requests a second, of each round.
    rates: Vec<f64>,
    times: Vec<Duration>,
    bytes: usize,
}

#[tokio::main]
async fn main() {
    let beside = env::var("KEYHOUSE_BESIDE").unwrap_or_default();
    let paths: Vec<_> = [env!("CARGO_BIN_EXE_keyhouse")].into_iter().chain(beside.split_whitespace()).collect();
    let house = program::House::fill().await;
    let mut programs = Vec::new();
    for path in &paths {
        programs.push(Program::start(path, &house).await);
    }
    let mut table: Vec<Vec<Measured>> =
        ASKS.iter().map(|_| programs.iter().map(|_| Measured::default()).collect()).collect();
    for _ in 0..ROUNDS {
        for (ask, row) in ASKS.iter().zip(&mut table) {
            for (program, measured) in programs.iter().zip(row) {
                measure(program, &ask.to(program), measured);
            }
        }
    }
    println!("requests a second at {CONNECTIONS} connections, median of {ROUNDS}; the slowest of 100; bytes of a body");
    for (number, path) in paths.iter().enumerate() {
        println!("{}: {path}", number + 1);
    }
    for (ask, row) in ASKS.iter().zip(&mut table) {
        print(ask.name, row);
    }
}

impl Ask {
    /// The whole request.
    fn to(&self, program: &Program) -> String {
        let cookie = if self.signed_in { format!("Cookie: {}\r\n", program.cookie) } else { String::new() };
        format!("{} HTTP/1.1\r\nHost: {}\r\n{}{cookie}\r\n", self.first, program.address, self.head)
    }
}

/// Asks at all connections at once, each for the next answer as soon as it has the last.
fn measure(program: &Program, request: &str, measured: &mut Measured) {
    let mut lines: Vec<_> = (0..CONNECTIONS).map(|_| Line::to(&program.address)).collect();
    for _ in 0..AT_FIRST {
        let answer = lines[0].ask(request);
        assert_eq!(answer.status, 200, "{request}");
        measured.bytes = answer.bytes;
    }
    let start = Instant::now();
    let times: Vec<_> = thread::scope(|scope| {
        let asking: Vec<_> =
            lines.iter_mut().map(|line| scope.spawn(move || ask_until(start + TIME, line, request))).collect();
        asking.into_iter().flat_map(|asking| asking.join().expect("it is answered")).collect()
    });
    measured.rates.push(times.len() as f64 / start.elapsed().as_secs_f64());
    measured.times.extend(times);
}

fn ask_until(end: Instant, line: &mut Line, request: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut begun = Instant::now();
    while begun < end {
        assert_eq!(line.ask(request).status, 200, "{request}");
        let done = Instant::now();
        times.push(done - begun);
        begun = done;
    }
    times
}

/// A line of the table; the programs beside with how many times as fast this one is.
fn print(name: &str, row: &mut [Measured]) {
    let mut words = format!("{name:24}");
    let mut own = None;
    for measured in row {
        measured.times.sort_unstable();
        measured.rates.sort_by(f64::total_cmp);
        let rate = measured.rates[measured.rates.len() / 2];
        let slow = measured.times[measured.times.len() * 99 / 100].as_secs_f64() * 1e3;
        words += &format!("{rate:>9.0}/s {slow:>7.2} ms {:>7}", measured.bytes);
        match own {
            None => own = Some(rate),
            Some(own) => words += &format!("  x {:.2}", own / rate),
        }
    }
    println!("{words}");
}
