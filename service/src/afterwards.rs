//! What goes on after its answer was given: the program ends when it has been done, and not before.

use std::sync::Arc;

use tokio::{
    sync::RwLock,
    task::{JoinHandle, spawn},
};

use crate::{AGAIN_SECONDS, Error};

/// Those who do something after their answer. Each of them reads; who waits for all of them writes.
#[derive(Default)]
pub struct Afterwards(Arc<RwLock<()>>);

impl Afterwards {
    /// Does it in a task of its own.
    ///
    /// # Errors
    /// [`Error::Busy`] when the program ends just now.
    pub(crate) fn go_on(&self, doing: impl Future<Output = ()> + Send + 'static) -> Result<JoinHandle<()>, Error> {
        let under_way = self.0.clone().try_read_owned().map_err(|_| Error::Busy { seconds: AGAIN_SECONDS })?;
        Ok(spawn(async move {
            let _under_way = under_way;
            doing.await;
        }))
    }

    /// Waits until all of it has been done. Nothing more is begun meanwhile.
    pub async fn ended(&self) {
        drop(self.0.write().await);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn who_waits_for_what_goes_on_waits_for_all_of_it() {
        let afterwards = Afterwards::default();
        afterwards.ended().await;
        let (go, gone) = oneshot::channel::<()>();
        let going = afterwards.go_on(async move { gone.await.expect("told to") }).expect("it goes on");
        let early = tokio::time::timeout(std::time::Duration::from_millis(20), afterwards.ended()).await;
        assert!(early.is_err(), "it has not ended");
        go.send(()).expect("it listens");
        afterwards.ended().await;
        going.await.expect("it has ended");
    }
}
