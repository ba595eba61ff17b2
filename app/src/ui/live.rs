//! Says when something of the account has changed since the page was made, and offers to refresh.

use leptos::prelude::*;

/// Listens for changes after `version`. Nothing is shown before there is one.
#[component]
pub fn LiveBanner(
    /// The version of the account that the page was made from.
    #[prop(into)]
    version: Signal<i64>,
    /// Fetches the page's data again.
    #[prop(into)]
    refresh: Callback<()>,
) -> impl IntoView {
    let news = RwSignal::new(None::<String>);
    let seen = RwSignal::new(0_i64);
    Effect::new(move |_| {
        seen.set(version.get().max(seen.get_untracked()));
        news.set(None);
    });
    #[cfg(feature = "hydrate")]
    listen::start(seen, news);
    let click = move |_| {
        news.set(None);
        refresh.run(());
    };
    view! {
        <div class="live" role="status" data-state=move || news.with(|news| news.is_some().then_some("changed"))>
            {move || {
                news.get().map(|words| {
                    view! {
                        <span>"Something changed: " <bdi>{words}</bdi></span>
                        <button class="button" type="button" on:click=click>"Refresh"</button>
                    }
                })
            }}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod listen {
    use std::time::Duration;

    use futures::StreamExt;
    use gloo_net::eventsource::futures::EventSource;
    use gloo_timers::future::sleep;
    use js_sys::{Date, JSON, Reflect};
    use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

    use crate::ui::paths;

    /// A connection that held for so many milliseconds was a good one.
    const CALM: f64 = 5_000.0;

    /// What the server says: the account's version now, and what happened.
    struct Changed {
        version: i64,
        words: String,
    }

    impl Changed {
        /// Events are JSON, which the browser itself reads: the program has no other use for it.
        fn read(event: &str) -> Option<Self> {
            let event = JSON::parse(event).ok()?;
            let version = Reflect::get(&event, &"version".into()).ok()?.as_f64()?;
            let words = Reflect::get(&event, &"words".into()).ok()?.as_string()?;
            Some(Self { version: version as i64, words })
        }
    }

    /// Listens as long as the page is open, through every break of the connection.
    pub fn start(seen: RwSignal<i64>, news: RwSignal<Option<String>>) {
        Effect::new(move |_| {
            spawn_local_scoped_with_cancellation(async move {
                let mut patience = 1;
                loop {
                    let opened = Date::now();
                    once(seen, news).await;
                    let held = Date::now() - opened > CALM;
                    patience = if held { 1 } else { (patience * 2).min(60) };
                    sleep(Duration::from_secs(patience)).await;
                }
            });
        });
    }

    /// One connection until it breaks; the next one begins at the version that was seen last.
    async fn once(seen: RwSignal<i64>, news: RwSignal<Option<String>>) {
        let since = seen.try_get_untracked().unwrap_or_default();
        let Ok(mut source) = EventSource::new(&paths::events(since)) else { return };
        let Ok(mut changes) = source.subscribe("changed") else { return };
        while let Some(Ok((_, message))) = changes.next().await {
            let text = message.data().as_string().unwrap_or_default();
            if let Some(change) = Changed::read(&text)
                && change.version > seen.try_get_untracked().unwrap_or(i64::MAX)
            {
                seen.try_set(change.version);
                news.try_set(Some(change.words));
            }
        }
    }
}
