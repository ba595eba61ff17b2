//! A second factor that somebody has lost: who may help takes it away.

use crate::ui::{Checkbox, Fact, Facts, Form, Submit, Time, data::ServerAction, paths};
use domain::contacts::ContactPage;
use leptos::prelude::*;

use super::api::TakeSecondFactor;

/// The card of somebody's second factor; nothing for those who have none.
#[component]
pub fn LostFactor(
    /// The person.
    page: ContactPage,
    /// Takes it away.
    take: ServerAction<TakeSecondFactor>,
    /// Told when it is done.
    done: Callback<()>,
) -> impl IntoView {
    let since = page.factor_since?;
    let (id, is_me) = (page.row.id, page.is_me);
    let own = is_me.then(|| view! { <p><a href=paths::SECOND_FACTOR>"Your second factor"</a></p> });
    let form = page.can_take_factor.then(|| {
        view! {
            <p>
                "If the phone and the recovery codes are lost, take it away: app, recovery codes and passkeys count no more, all \
                sessions end, and the person is told by e-mail."
            </p>
            <Form action=take id="factor" hidden=("id", id.to_string()) on_done=done>
                <Checkbox
                    name="sure"
                    label="It is really this person who asks"
                    hint="Until a new one is set up, the password alone is enough to sign in."
                />
                <div class="actions" data-fit><Submit label="Take second factor away" kind="danger" /></div>
            </Form>
        }
    });
    Some(view! {
        <section class="card" aria-labelledby="factor">
            <h2 id="factor">"Second factor"</h2>
            <Facts><Fact name="On since"><Time at=since /></Fact></Facts>
            {own}
            {form}
        </section>
    })
}
