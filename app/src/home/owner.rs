//! The home of the back office.

use domain::{Actor, Deed};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{Icon, PageHead},
};

/// A part of the back office: who may, its picture and name, what is there, and the way in.
type Part = (Deed, &'static str, &'static str, &'static str, &'static str, &'static str);

const PARTS: [Part; 3] = [
    (
        Deed::DecideApplications,
        "people",
        "Applications",
        "Who wants to become a reseller, and waits for an answer.",
        "Open the queue",
        paths::APPLICATIONS,
    ),
    (
        Deed::SeeMail,
        "mail",
        "Mail",
        "What was written to customers, what is waiting, and what could not be sent.",
        "Open the outbox",
        paths::MAIL,
    ),
    (Deed::SeeAudit, "clock", "Audit", "Who did what, when and from where.", "Open the audit log", paths::AUDIT),
];

/// What somebody of the staff can look after.
#[component]
pub fn OwnerHome(
    /// Who asks.
    actor: Actor,
) -> impl IntoView {
    let part = |(_, icon, name, what, open, address): Part| {
        view! {
            <section class="card" aria-label=name>
                <h2>
                    <Icon name=icon />
                    {name}
                </h2>
                <p>{what}</p>
                <div class="actions" data-fit>
                    <a class="button" href=address>
                        {open}
                    </a>
                </div>
            </section>
        }
    };
    view! {
        <PageHead title="Back office" />
        {PARTS.into_iter().filter(|part| actor.may(part.0)).map(part).collect_view()}
    }
}
