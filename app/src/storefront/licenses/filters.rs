//! Which part of the list is shown: words, quick ways, and the rest folded away (`more.rs`).

use std::collections::BTreeMap;

use crate::ui::{Search, follow_view, paths, typed_in};
use domain::{
    ProductId,
    licenses::{LicensesQuery, PaymentStatus, Sort, State, Type},
};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use super::{api::Filter, more::More};

/// The filters as typed: the words of [`LicensesQuery`], before anything is made of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilterForm(BTreeMap<String, String>);

#[cfg(feature = "ssr")]
impl FilterForm {
    /// What the filters ask for: what makes no sense is left out, a whole key is shortened.
    pub fn view(&self) -> LicensesQuery {
        LicensesQuery::read(|name| self.0.get(name).cloned())
    }
}

/// Search, chips and filters of a view.
#[component]
pub fn Filters(
    /// What is shown.
    view: LicensesQuery,
    /// The products there are.
    products: Vec<(ProductId, String)>,
    /// The customer whose licenses are shown, by name.
    customer: Option<String>,
    /// What was shown before.
    last: StoredValue<Option<LicensesQuery>>,
) -> impl IntoView {
    let navigate = use_navigate();
    let form = NodeRef::new();
    follow_view(form, view.clone(), last);
    let find = move |event: SubmitEvent| {
        event.prevent_default();
        let view = LicensesQuery::read(|name| typed_in(&event, name));
        navigate(&paths::licenses(&view), Default::default());
    };
    view! {
        <form
            node_ref=form
            class="filters"
            role="search"
            aria-label="Licenses"
            method="post"
            action=Filter::url()
            on:submit=find
        >
            <Search label="Search licenses" placeholder="Key, customer, note or order" value=view.q.clone() />
            <Chips view=view.clone() />
            <More view=view products=products customer=customer />
        </form>
    }
}

/// The common views.
#[component]
fn Chips(view: LicensesQuery) -> impl IntoView {
    let all = LicensesQuery::default();
    let common = [
        ("All", all.clone()),
        ("Pending payment", LicensesQuery { payment: Some(PaymentStatus::Pending), ..all.clone() }),
        ("Trials", LicensesQuery { license_type: Some(Type::Trial), ..all.clone() }),
        ("Ending", LicensesQuery { state: Some(State::Active), sort: Some(Sort::Ending), ..all }),
    ];
    let shown = LicensesQuery { after: None, ..view };
    let chip = |(name, view): (&'static str, LicensesQuery)| {
        let current = (view == shown).then_some("true");
        view! {
            <a class="chip" href=paths::licenses(&view) aria-current=current>
                {name}
            </a>
        }
    };
    view! {
        <div class="chips" role="group" aria-label="Quick filters">
            {common.map(chip).into_iter().collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l14_a_whole_key_typed_into_the_search_never_reaches_the_address() {
        let key = domain::licenses::LicenseKey::from_random([7; 22]).grouped();
        let typed = [("q", key.as_str()), ("state", "active"), ("from", "soon")];
        let form = FilterForm(typed.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        assert_eq!(paths::licenses(&form.view()), format!("/licenses?q={}&state=active", &key[..11]));
    }
}
