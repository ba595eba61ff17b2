//! What became of the mails to somebody, for those who had them sent: said when it is not known to have arrived.

use domain::mail::{Delivery, State};
use leptos::prelude::*;

use crate::ui::Notice;

/// A notice for each mail that is still to be sent, or could not be delivered; nothing for those that were sent.
#[component]
pub fn Deliveries(
    /// The last mails to the person.
    deliveries: Vec<Delivery>,
    /// Whether a notice beside it says already what was sent just now.
    #[prop(optional)]
    said: bool,
) -> impl IntoView {
    let shown = deliveries.into_iter().filter(move |mail| match mail.state {
        State::Sent => false,
        State::Waiting => !said,
        State::Retrying | State::Failed | State::Replaced => true,
    });
    shown.map(notice).collect_view()
}

fn notice(mail: Delivery) -> impl IntoView {
    let kind = match mail.state {
        State::Failed => "bad",
        State::Retrying | State::Replaced => "warn",
        State::Waiting | State::Sent => "info",
    };
    let answer = mail.answer.clone().map(|answer| {
        view! { " The mail server answered: "<q><bdi>{answer}</bdi></q>"." }
    });
    let moved = mail.moved_to.clone().map(|now| {
        view! { " The address is "<bdi>{now}</bdi>" now." }
    });
    view! {
        <Notice kind=kind>
            <strong>{mail.title()}</strong>
            " "
            "It is addressed to "
            <bdi>{mail.to.clone()}</bdi>
            "."
            {moved}
            {answer}
            " "
            {mail.advice()}
        </Notice>
    }
}
