//! What the screen offers, the server allows: every link and every form on every page, for every role.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Deed::{
        self, ChangeLicenses, CreateCustomers, CreateLicenses, CreditInvoices, DecideApplications, EditAccounts,
        EditContacts, EditLicenses, EditPrices, HelpContacts, ManageStaff, ManageTeam, Pay, PriceSubscriptions,
        RecordPayments, SeeAccounts, SeeAudit, SeeBilling, SeeInvoices, SeeMail, SeeOwnHistory, SeePrices, SetBilling,
        SetCreditLimits, SetResalePrices,
    },
    Role,
    accounts::Kind,
};

use super::{
    house::{House, Outcome, expected},
    person::{Home, Person},
    table::{Row, TABLE},
};
use crate::markup::{Form, forms_of, links_of};

/// What a page offers.
struct Offers {
    page: String,
    links: Vec<String>,
    forms: Vec<Form>,
}

impl Offers {
    fn of(page: &str, text: &str) -> Self {
        Self { page: page.to_owned(), links: links_of(text), forms: forms_of(text) }
    }
}

/// The people of that side, with one role and with two.
fn people_of(side: Kind) -> Vec<Person> {
    let home = Home::of(Role::chief(side));
    let whole = |person: &Person| matches!(person, Person::With(_) | Person::Both(..));
    let at_home = |person: &Person| person.standing().is_some_and(|who| who.home == home);
    Person::all().into_iter().filter(|person| whole(person) && at_home(person)).collect()
}

/// The pages of the table that somebody may open.
pub fn pages_of(person: Person) -> impl Iterator<Item = &'static Row> {
    let is_page = |row: &&Row| {
        let is_file = row.address.contains('.');
        !row.address.starts_with("/api/") && !is_file && !row.takes_a_file && row.address != "/events"
    };
    TABLE.iter().filter(is_page).filter(move |row| expected(row, person, &Role::may) == Outcome::In)
}

/// The links that lead somebody nowhere.
async fn dead_links(house: &House, person: Person, offers: &[Offers]) -> Vec<String> {
    let (mut dead, mut tried) = (Vec::new(), BTreeSet::new());
    let mut browser = house.browser(person);
    for (page, link) in offers.iter().flat_map(|offer| offer.links.iter().map(|link| (&offer.page, link))) {
        if tried.insert(link) {
            let answer = browser.get(link).await;
            if Outcome::of(&answer) != Some(Outcome::In) {
                dead.push(format!("{page} offers {person:?} {link}: {}", answer.status));
            }
        }
    }
    dead
}

/// The form after which nobody of an account goes on without a second factor: it is sent when all others were.
const LAST: &str = "/api/contacts/require_second_factor";

/// The form of which an hour takes five with the same link.
const NEW_LINK: &str = "/api/contacts/ask_new_link";

/// The forms that are not for who is offered them: all but the last one, or that one. What they would do is done, each time in a
/// browser of its own, since one of them signs out.
async fn dead_forms(house: &House, person: Person, offers: &[Offers], last: bool) -> Vec<String> {
    let (mut dead, mut sent) = (Vec::new(), Vec::new());
    let forms = offers.iter().flat_map(|offer| offer.forms.iter().map(|form| (&offer.page, form)));
    for (page, form) in forms.filter(|(_, form)| (form.action == LAST) == last) {
        if sent.contains(&form.without_key()) {
            continue;
        }
        sent.push(form.without_key());
        let mut browser = house.another_browser(person).await;
        let fields: Vec<_> = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = match form.action.strip_prefix("/api/") {
            Some(endpoint) => browser.call(endpoint, &fields).await,
            None => browser.upload(&form.action, &[("file", b"no table")]).await,
        };
        // A form that another one has made stale says so, and that is no refusal of this person; nor is it one that everybody here
        // asks for a new link by the same old one.
        let is_stale = answer.status == 409 || (form.action == NEW_LINK && answer.status == 429);
        if !is_stale && Outcome::of(&answer) != Some(Outcome::In) {
            dead.push(format!("{page} offers {person:?} {}: {}", form.action, answer.status));
        }
    }
    dead
}

/// Opens every page of the table as everybody of that side, and tries everything that is offered there: first what only reads.
/// Whoever may do everything comes last, since they can make all others inactive.
async fn everything_offered(side: Kind) -> (usize, Vec<String>) {
    let people = people_of(side);
    let house = House::with(&people).await;
    let mut read = Vec::new();
    for person in people {
        let mut offers = Vec::new();
        for row in pages_of(person) {
            let address = house.address(row);
            let text = house.browser(person).get(&address).await.text;
            offers.push(Offers::of(&address, &text));
        }
        read.push((person, offers));
    }
    let (mut count, mut dead) = (0, Vec::new());
    for (person, offers) in &read {
        count += offers.iter().map(|offer| offer.links.len() + offer.forms.len()).sum::<usize>();
        dead.extend(dead_links(&house, *person, offers).await);
    }
    for (person, offers) in read.iter().rev() {
        for last in [false, true] {
            dead.extend(dead_forms(&house, *person, offers, last).await);
        }
    }
    (count, dead)
}

#[tokio::test]
async fn a9_whatever_a_page_offers_to_staff_is_open_to_them() {
    let (count, dead) = everything_offered(Kind::Operator).await;
    assert_eq!(dead, [""; 0]);
    assert!(count > 1_000, "{count}");
}

#[tokio::test]
async fn a8_whatever_a_page_offers_to_a_team_is_open_to_them() {
    let (count, dead) = everything_offered(Kind::Reseller).await;
    assert_eq!(dead, [""; 0]);
    assert!(count > 1_000, "{count}");
}

#[tokio::test]
async fn l16_whatever_a_page_offers_to_a_customer_is_open_to_it() {
    let (count, dead) = everything_offered(Kind::Customer).await;
    assert_eq!(dead, [""; 0]);
    assert!(count > 50, "{count}");
}

#[tokio::test]
async fn an_offer_that_leads_nowhere_is_noticed() {
    let buyer = Person::With(Role::Buyer);
    let house = House::with(&[buyer]).await;
    let text = r#"<a class="button" href="/team/new">Add</a><a href="/licenses?sort=key&amp;q=a">Sorted</a>
        <form method="post" action="/api/contacts/add_to_own"><input type="hidden" name="idempotency_key"
        value="1b4e28ba-2fa1-41d2-883f-0016d3cca427"></form>"#;
    let offers = [Offers::of("/customers", text)];
    let offered = |what| format!("/customers offers With(Buyer) {what}: 404 Not Found");
    assert_eq!(dead_links(&house, buyer, &offers).await, [offered("/team/new")]);
    assert_eq!(dead_forms(&house, buyer, &offers, false).await, [offered("/api/contacts/add_to_own")]);
}

/// Where something is offered, by what mark it is known, and the deed that it takes.
const OFFERED: &[(&str, &str, Deed)] = &[
    ("/", "href=\"/customers/new\"", CreateCustomers),
    ("/", "href=\"/licenses/new\"", CreateLicenses),
    ("/", "href=\"/billing/month\"", SeeBilling),
    ("/office", "href=\"/office/month\"", SeeInvoices),
    ("/office", "href=\"/office/payments/record\"", RecordPayments),
    ("/customers", "href=\"/customers/new\"", CreateCustomers),
    ("/customers", "href=\"/customers/import\"", CreateCustomers),
    ("/customers/{id}", "href=\"/licenses/new?", CreateLicenses),
    ("/customers/{id}", "/edit\"", CreateCustomers),
    ("/licenses", "href=\"/licenses/new\"", CreateLicenses),
    ("/licenses", "name=\"act\" value=\"paid\"", EditLicenses),
    ("/licenses", "name=\"act\" value=\"pay\"", Pay),
    ("/", "href=\"/licenses?payment=pending\"", Pay),
    ("/billing/payments", "href=\"/licenses?payment=pending\"", Pay),
    ("/billing/payments/{number}", "action=\"/api/payments/cancel\"", Pay),
    ("/office/payments/{number}", "action=\"/api/payments/cancel_any\"", RecordPayments),
    ("/office/payments", "href=\"/office/payments/record\"", RecordPayments),
    ("/office/payments", "href=\"/office/payments/import\"", RecordPayments),
    ("/office/payments/receipts/{id}", "action=\"/api/receipts/take_back\"", RecordPayments),
    ("/office/payments/receipts/{id}", "action=\"/api/receipts/assign\"", RecordPayments),
    ("/licenses/{id}", "action=\"/api/licenses/edit\"", EditLicenses),
    ("/licenses/{id}", "action=\"/api/licenses/send\"", EditLicenses),
    ("/licenses/{id}/add", "action=\"/api/subscriptions/add\"", ChangeLicenses),
    ("/licenses/{id}", "action=\"/api/licenses/refund\"", ChangeLicenses),
    ("/catalog", "/resale-price\"", SetResalePrices),
    ("/office/accounts/{id}/licenses", "/refund\"", CreditInvoices),
    ("/office/licenses/{id}/price", "action=\"/api/subscriptions/ask_price\"", PriceSubscriptions),
    ("/licenses/created/{order}", "action=\"/api/orders/send\"", EditLicenses),
    ("/licenses/created/{order}", "action=\"/api/licenses/begin\"", CreateLicenses),
    ("/catalog", "action=\"/api/licenses/begin\"", CreateLicenses),
    ("/account", "href=\"/account/history\"", SeeOwnHistory),
    ("/account", "href=\"/billing/details\"", Pay),
    ("/account", "href=\"/office/settings\"", SetBilling),
    ("/", "href=\"/billing\"", SeeBilling),
    ("/billing", "href=\"/billing/top-up\"", Pay),
    ("/billing/invoices/{number}", "href=\"/billing/checkout?invoice=INV-000001\"", Pay),
    ("/account", "href=\"/office/invoices\"", SeeInvoices),
    ("/account", "href=\"/team\"", ManageTeam),
    ("/account", "href=\"/office/staff\"", ManageStaff),
    ("/account", "href=\"/office/accounts\"", SeeAccounts),
    ("/account", "href=\"/office/products\"", SeePrices),
    ("/account", "href=\"/office/applications\"", DecideApplications),
    ("/account", "href=\"/office/mail\"", SeeMail),
    ("/account", "href=\"/office/audit\"", SeeAudit),
    ("/office/accounts", "href=\"/office/accounts/new\"", EditAccounts),
    ("/office/accounts", "action=\"/api/accounts/assign_to_many\"", EditAccounts),
    ("/office/accounts/{id}", "action=\"/api/accounts/edit\"", EditAccounts),
    ("/office/accounts/{id}", "action=\"/api/contacts/require_second_factor\"", EditAccounts),
    ("/office/accounts/{id}", "action=\"/api/accounts/suspend\"", EditAccounts),
    ("/office/accounts/{id}", "action=\"/api/accounts/set_credit_limit\"", SetCreditLimits),
    ("/office/accounts/{id}/billing", "action=\"/api/accounts/set_terms\"", SetBilling),
    ("/office/accounts/{id}/price-list", "action=\"/api/accounts/assign_price_list\"", EditAccounts),
    ("/office/accounts/{id}/contacts", "/contacts/new\"", EditContacts),
    ("/office/contacts/{id}", "action=\"/api/contacts/edit\"", EditContacts),
    ("/office/contacts/{id}", "action=\"/api/contacts/send_reset\"", HelpContacts),
    ("/office/contacts/{id}", "action=\"/api/contacts/deactivate\"", EditContacts),
    ("/office/products", "href=\"/office/products/new\"", EditPrices),
    ("/office/products/{id}", "action=\"/api/products/save\"", EditPrices),
    ("/office/products/{id}", "action=\"/api/products/switch\"", EditPrices),
    ("/office/price-lists", "href=\"/office/price-lists/new\"", EditPrices),
    ("/office/price-lists/{id}", "action=\"/api/price_lists/save\"", EditPrices),
];

#[tokio::test]
async fn a8_a9_a_page_offers_a_deed_to_those_who_may_do_it_and_to_nobody_else() {
    let people: Vec<_> = Role::ALL.iter().copied().map(Person::With).collect();
    let house = House::with(&people).await;
    let mut wrong = Vec::new();
    for person in people {
        let mut texts = BTreeMap::new();
        for row in pages_of(person).filter(|row| OFFERED.iter().any(|(page, ..)| *page == row.address)) {
            texts.insert(row.address, house.browser(person).get(&house.address(row)).await.text);
        }
        let who = person.standing().expect("somebody");
        for (page, mark, deed) in OFFERED {
            let Some(text) = texts.get(page) else { continue };
            let (offered, may) = (text.contains(mark), who.roles.may(*deed));
            if offered != may {
                wrong.push(format!("{page} for {person:?}: {mark} {}", if may { "is missing" } else { "is offered" }));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}
