//! One story, two databases.

/// A story as two tests, each in a [`World`](crate::testing::World) of its own: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $story:ident) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$story($crate::testing::World::new().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$story($crate::testing::World::postgres().await).await;
            }
        }
    };
}
