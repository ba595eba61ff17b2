//! Copying a key. The script of the page copies, so nobody waits for the program; without script there is no button, and one tap selects a key.

use leptos::{nonce::use_nonce, prelude::*};

/// Marks the page as one in which a script runs, and copies what a pressed button carries; where the browser keeps its clipboard back
/// (no https), by the selected text of a field. The button says for two seconds that it was done.
const COPIES: &str = "document.documentElement.dataset.script='';\
    addEventListener('click',async e=>{\
    const b=e.target.closest('[data-copy]');if(!b)return;const s=b.dataset;\
    try{await navigator.clipboard.writeText(s.copy)}\
    catch{const t=document.createElement('textarea');t.value=s.copy;t.style.position='fixed';b.after(t);t.select();\
    const done=document.execCommand('copy');t.remove();b.focus();if(!done)return}\
    s.state='done';setTimeout(()=>delete s.state,2e3)})";

/// Copies a text, and says so for a moment.
#[component]
pub fn Copy(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// The words on it.
    #[prop(default = "Copy")]
    label: &'static str,
    /// `quiet` beside a key, or empty.
    #[prop(default = "quiet")]
    kind: &'static str,
    /// `small` in the head of a card.
    #[prop(optional)]
    size: Option<&'static str>,
    /// The id of what is copied, where the words alone do not say.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    view! {
        <button
            class="button copy"
            data-kind=(!kind.is_empty()).then_some(kind)
            data-size=size
            type="button"
            aria-describedby=described_by
            data-copy=text
        >
            <span>{label}</span>
            <span>"Copied"</span>
        </button>
    }
}

/// For the head of the pages of those who are signed in: only they have something to copy.
#[component]
pub fn CopyScript() -> impl IntoView {
    view! { <script nonce=use_nonce()>{COPIES}</script> }
}
