//! Two databases, one small and one large, are asked the same in turn, many times: what a page costs must not depend on how much
//! there is beside it.

use std::time::{Duration, Instant};

const RUNS: usize = 200;
/// How much more a page may cost out of the larger database.
const LIMIT: f64 = 1.5;

/// What an answer was: how many rows came, and how many fit, if they were counted.
pub type Size = (usize, Option<i64>);

/// A table of what was measured, and of what is known of it.
pub struct Table<'a> {
    /// How many there are in the small one and in the large one, where that is the same for all views.
    pub of: Option<(u32, u32)>,
    /// Views that are known to cost more, each with the most it may.
    pub known: &'a [(&'a str, f64)],
}

/// A view of both: its name, what it asks of the small one, and what of the large one.
pub type View<A> = (&'static str, A, A);

impl Table<'_> {
    /// Asks both in turn and says what it took; `false` when a view is beyond its limit.
    pub async fn compare<S, A>(
        &self,
        small: &S,
        large: &S,
        views: &[View<A>],
        answer: impl AsyncFn(&S, &A) -> Size,
    ) -> bool {
        let mut times = vec![(Vec::new(), Vec::new()); views.len()];
        let mut sizes = vec![((0, None), (0, None)); views.len()];
        for run in 0..RUNS {
            for (at, (_, one, other)) in views.iter().enumerate() {
                // They take turns in coming first.
                for turn in [run % 2, (run + 1) % 2] {
                    let (shop, ask) = if turn == 0 { (small, one) } else { (large, other) };
                    // What is timed is the query, and not what others before it left in the processor's caches.
                    answer(shop, ask).await;
                    let start = Instant::now();
                    let size = answer(shop, ask).await;
                    let (time, known) = if turn == 0 {
                        (&mut times[at].0, &mut sizes[at].0)
                    } else {
                        (&mut times[at].1, &mut sizes[at].1)
                    };
                    time.push(start.elapsed());
                    *known = size;
                }
            }
        }
        self.print(views, &mut times, &sizes)
    }

    fn print<A>(
        &self,
        views: &[View<A>],
        times: &mut [(Vec<Duration>, Vec<Duration>)],
        sizes: &[(Size, Size)],
    ) -> bool {
        let (small, large) = match self.of {
            Some((small, large)) => (small.to_string(), large.to_string()),
            None => ("small".to_owned(), "large".to_owned()),
        };
        let head = format!("median of {RUNS}");
        println!("\n{head:48} {:>13} {:>13} {small:>9} {large:>9} {:>6}", "rows of", "rows of", "ratio");
        let mut within = true;
        for (at, (name, ..)) in views.iter().enumerate() {
            let (one, other) = (median(&mut times[at].0), median(&mut times[at].1));
            let ratio = other / one;
            let known = self.known.iter().find(|(view, _)| view == name).map(|(_, most)| *most);
            let mark = match known {
                _ if ratio <= LIMIT => "",
                Some(most) if ratio <= most => "  known to be more than 1.5",
                _ => "  too much",
            };
            let (of_one, of_other) = (shown(sizes[at].0), shown(sizes[at].1));
            println!("{name:48} {of_one:>13} {of_other:>13} {one:>6.0} us {other:>6.0} us {ratio:>6.2}{mark}");
            within &= ratio <= known.unwrap_or(LIMIT);
        }
        within
    }
}

/// In microseconds.
fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn shown((rows, fit): Size) -> String {
    match fit {
        Some(fit) => format!("{rows} of {fit}"),
        None => rows.to_string(),
    }
}
