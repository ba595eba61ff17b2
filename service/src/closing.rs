//! The one signal that the program is about to stop, for all who have to let go of something.

use tokio::sync::watch;

/// Cloned into everything that waits; once it is closing, it stays so.
#[derive(Clone, Debug)]
pub struct Closing(watch::Sender<bool>);

impl Default for Closing {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Closing {
    /// Says to everybody that it is time.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether it has begun.
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it begins.
    pub async fn wait(&self) {
        // An error would mean that no sender is left, and this is one.
        self.0.subscribe().wait_for(|begun| *begun).await.ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_comes_late_does_not_wait() {
        let closing = Closing::default();
        assert!(!closing.has_begun());
        closing.clone().begin();
        closing.wait().await;
        assert!(closing.has_begun());
    }
}
