//! One story, two databases.

/// Makes a test on SQLite and one on PostgreSQL of each story; a story is told to a world that is
/// migrated and empty.
macro_rules! on_both {
    ($(async fn $name:ident($world:ident: World) $story:block)+) => {$(
        mod $name {
            use super::*;

            async fn story($world: World) $story

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story(World::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story(World::postgres().await).await;
            }
        }
    )+};
}
