//! One story, two databases.

macro_rules! on_both {
    ($name:ident, $story:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                $story(World::new().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                $story(World::postgres().await).await;
            }
        }
    };
}
