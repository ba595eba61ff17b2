//! The demo holds every rule.

use service::{demo, testing::World, verify::verify};

#[tokio::test]
async fn the_demo_is_made_once_and_breaks_no_invariant() {
    let world = World::new().await;
    assert!(demo::make(&world.service).await.expect("made"));
    assert!(!demo::make(&world.service).await.expect("there already"));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}
