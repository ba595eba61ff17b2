//! Whether the demo data are complete.

use store::demo::{self, Progress};

use crate::world::{World, minutes, noon};

on_both! {
    async fn r15_demo_data_are_begun_once_and_incomplete_until_it_is_said(world: World) {
        let mut tx = world.write().await;
        assert_eq!(demo::find(&mut tx).await.expect("an answer"), None);
        assert!(demo::begin(&mut tx, noon()).await.expect("begun"));
        assert!(!demo::begin(&mut tx, noon()).await.expect("begun already"));
        assert_eq!(demo::find(&mut tx).await.expect("an answer"), Some(Progress::Begun));
        demo::complete(&mut tx, noon() + minutes(1)).await.expect("complete");
        assert_eq!(demo::find(&mut tx).await.expect("an answer"), Some(Progress::Made));
        assert!(!demo::begin(&mut tx, noon()).await.expect("made already"));
    }
}
