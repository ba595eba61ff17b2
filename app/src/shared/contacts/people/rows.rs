//! People as rows, or as cards where there is no room for rows.

use crate::ui::{Column::Words, Empty, Pager, Table, paths};
use domain::{
    Role,
    accounts::Kind,
    contacts::{Act, ContactRow, Contacts, UserType},
};
use leptos::prelude::*;

use super::acts::{Acts, Said, StatePill};

/// One page of an account's people.
#[component]
pub fn People(
    /// The page.
    page: Contacts,
    /// On whose side one stands: a team has pages of its own.
    side: Kind,
    /// The address of the list, without a query.
    list: String,
    /// Whether it is the first page.
    is_first: bool,
    /// Asks for the list anew.
    changed: Callback<()>,
    /// What was done last, and to whom it goes; kept beside the list, which is fetched anew.
    said: RwSignal<Option<(Act, String)>>,
) -> impl IntoView {
    if page.rows.is_empty() && is_first {
        let text = "Add the first person: a Storefront user gets a link by e-mail and can sign in.";
        return view! { <Empty icon="people" title="Nobody yet" text=text /> }.into_any();
    }
    let next = page.next.map(|after| format!("{list}?after={after}"));
    let row = move |row: ContactRow| {
        let email = row.email.clone();
        let done = Callback::new(move |act| {
            said.set(Some((act, email.clone())));
            changed.run(());
        });
        view! { <Row row=row side=side done=done /> }
    };
    view! {
        {move || said.get().map(|(act, email)| view! { <Said word=act.word().to_owned() email=email /> })}
        <Table name="People" columns=&[Words("Name"), Words("E-mail"), Words("State"), Words("Roles"), Words("Actions")]>
            {page.rows.into_iter().map(row).collect_view()}
        </Table>
        <Pager first=(!is_first).then_some(list) next=next />
    }
    .into_any()
}

#[component]
fn Row(row: ContactRow, side: Kind, done: Callback<Act>) -> impl IntoView {
    let address = if side == Kind::Operator { paths::office_contact(row.id) } else { paths::team_person(row.id) };
    let name_id = format!("person-{}", row.id);
    let title = row.job_title.clone().map(|title| view! { <small><bdi>{title}</bdi></small> });
    let roles = roles_words(&row);
    let undelivered = row.undelivered.then(|| view! { " "<small>"Mail not delivered"</small> });
    view! {
        <tr>
            <td class="title">
                <a class="row" id=name_id.clone() href=address><bdi>{row.name}</bdi></a>
                {title}
            </td>
            <td><bdi>{row.email}</bdi></td>
            <td class="state"><StatePill state=row.state />{undelivered}</td>
            <td data-label="Roles">{roles}</td>
            <td class="ends"><Acts id=row.id named_by=name_id acts=row.acts done=done /></td>
        </tr>
    }
}

/// `Admin`, `Simple: Buyer, License manager`, or the roles of staff.
pub fn roles_words(row: &ContactRow) -> String {
    let labels = row.roles.labels();
    let team = row.roles.iter().any(|role| Role::of(Kind::Reseller).contains(&role));
    match UserType::of(&row.roles) {
        UserType::Simple if team => format!("{}: {labels}", UserType::Simple.label()),
        _ => labels,
    }
}
