//! What takes a core for long is done off the async threads, a few at a time: unbounded, it would starve everything else. Whoever comes
//! when too many wait is asked to come again.

use std::sync::Arc;

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task,
};

use crate::{AGAIN_SECONDS, Error};

/// The places of those who work, and of those who wait.
#[derive(Clone)]
pub struct Queue {
    /// Of both together.
    pub(crate) places: Arc<Semaphore>,
    free: Arc<Semaphore>,
}

/// A place among those who wait; it is free again when this is dropped.
pub struct Queued {
    _place: OwnedSemaphorePermit,
}

impl Queue {
    /// So many work at once, and so many more may wait.
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once + waiting)), free: Arc::new(Semaphore::new(at_once)) }
    }

    /// A place among those who wait, for whoever has something to do before: when there is none, that costs nothing.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub fn queue_up(&self) -> Result<Queued, Error> {
        let queued = self.places.clone().try_acquire_owned();
        queued.map(|place| Queued { _place: place }).map_err(|_| Error::Busy { seconds: AGAIN_SECONDS })
    }

    /// Does it when its turn comes. Both places are taken until it has been done, also when whoever asked for it is gone.
    ///
    /// # Errors
    /// [`Error::Internal`] when the thread fails.
    pub async fn run<T: Send + 'static>(
        &self,
        queued: Queued,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = self.free.clone().acquire_owned().await.map_err(|error| Error::Internal(error.to_string()))?;
        task::spawn_blocking(move || {
            let done = work();
            drop((place, queued));
            done
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn r8_who_goes_away_gives_no_place_free_before_the_work_has_ended() {
        let queue = Queue::new(1, 1);
        let (go, gone) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel::<()>();
        let queued = queue.queue_up().expect("room");
        let asking = task::spawn({
            let queue = queue.clone();
            async move {
                let work = move || {
                    begin.send(()).expect("somebody listens");
                    gone.recv().is_ok()
                };
                queue.run(queued, work).await
            }
        });
        while begun.try_recv().is_err() {
            task::yield_now().await;
        }
        asking.abort();
        assert!(asking.await.is_err(), "whoever asked is gone");
        let waits = queue.queue_up().expect("one more may wait");
        assert!(matches!(queue.queue_up(), Err(Error::Busy { seconds: 5 })));
        go.send(()).expect("it works still");
        assert!(queue.run(waits, || true).await.expect("its turn has come"));
        drop(queue.queue_up().expect("there is room again"));
    }
}
