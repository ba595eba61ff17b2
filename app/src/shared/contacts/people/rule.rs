//! Whether everybody of an account needs a second factor, and the button that changes it.

use crate::ui::{Form, Submit, count_of, data::ServerAction};
use domain::contacts::{Asker, FactorRule};
use leptos::prelude::*;

use super::api::RequireSecondFactor;

/// The card: what holds, who has none yet, and what the reader can change of it.
#[component]
pub fn FactorRuleCard(
    /// What holds.
    rule: FactorRule,
    /// Changes it.
    require: ServerAction<RequireSecondFactor>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let without = match rule.without {
        0 => "Everybody who signs in has one.".to_owned(),
        FactorRule::MOST.. => format!("{} or more have none yet.", count_of(FactorRule::MOST, "person", "people")),
        some => format!("{} none yet.", count_of(some, "person has", "people have")),
    };
    let change = rule.can_change().then(|| {
        let (label, required) =
            if rule.is_ours() { ("Do not require it any more", "") } else { ("Require a second factor", "on") };
        view! {
            <Form action=require class="" hidden=("account", rule.account.to_string()) on_done=refresh>
                <input type="hidden" name="required" value=required />
                <div class="actions" data-fit><Submit label=label kind="" /></div>
            </Form>
        }
    });
    view! {
        <section class="card" aria-labelledby="factor-rule">
            <h2 id="factor-rule">"Second factor"</h2>
            <p>{what_holds(&rule)}</p>
            <p class="hint">{without}</p>
            {change}
        </section>
    }
}

const fn what_holds(rule: &FactorRule) -> &'static str {
    match (rule.by_operator, rule.by_account, rule.reader) {
        (false, false, _) => "Not required. Everybody may set one up for themselves.",
        (true, _, Asker::Account) => "The operator requires it: whoever has none sets one up before anything else.",
        (true, false, Asker::Operator) | (false, true, Asker::Account) => {
            "Required: whoever has none sets one up before anything else."
        }
        (true, true, Asker::Operator) => "Required, by you and by the account's own admins.",
        (false, true, Asker::Operator) => "Required by the account's own admins.",
    }
}
