//! Many files at once: every core has a share of them, and all shares are about as large.

use std::{cmp::Reverse, fs, path::PathBuf, thread};

use anyhow::Result;

/// Does `work` on each share. The first that fails is told when all are done.
pub fn each(paths: Vec<PathBuf>, work: impl Fn(&[PathBuf]) -> Result<()> + Sync) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (shares, work) = (shares(sized(paths), cores), &work);
    thread::scope(|scope| {
        let workers: Vec<_> = shares.iter().map(|share| scope.spawn(move || work(share))).collect();
        let done: Vec<_> = workers.into_iter().map(|worker| worker.join().expect("work does not panic")).collect();
        done.into_iter().collect()
    })
}

fn sized(paths: Vec<PathBuf>) -> Vec<(u64, PathBuf)> {
    paths.into_iter().map(|path| (fs::metadata(&path).map_or(0, |about| about.len()), path)).collect()
}

/// The largest first, each to the share that is the smallest till then. Shares with nothing in them are left out.
fn shares(mut files: Vec<(u64, PathBuf)>, count: usize) -> Vec<Vec<PathBuf>> {
    files.sort_by_key(|(size, _)| Reverse(*size));
    let mut shares = vec![(0, Vec::new()); count.min(files.len())];
    for (size, path) in files {
        if let Some(smallest) = shares.iter_mut().min_by_key(|(sum, _)| *sum) {
            smallest.0 += size;
            smallest.1.push(path);
        }
    }
    shares.into_iter().map(|(_, paths)| paths).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_about_as_large_and_the_largest_file_comes_first() {
        let files = [("a", 1), ("b", 9), ("c", 3), ("d", 4), ("e", 2)].map(|(name, size)| (size, PathBuf::from(name)));
        let said = |count| {
            let shares = shares(files.to_vec(), count);
            shares
                .iter()
                .map(|share| share.iter().map(|path| path.display().to_string()).collect())
                .collect::<Vec<String>>()
        };
        assert_eq!(said(1), ["bdcea"]);
        assert_eq!(said(2), ["ba", "dce"]);
        assert_eq!(said(9), ["b", "d", "c", "e", "a"]);
        assert_eq!(shares(Vec::new(), 2), Vec::<Vec<PathBuf>>::new());
    }
}
