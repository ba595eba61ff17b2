//! The table: each address, the deed that it takes, whose thing it is about, and what is sent.

use domain::Deed;

use super::house::Person;

/// One address.
#[derive(Clone, Copy)]
pub struct Row {
    /// As the router knows it.
    pub address: &'static str,
    pub needs: Needs,
    /// Whose the thing is that the address is about; to all others it is not there (A11).
    pub of: Option<&'static [Person]>,
    /// What is posted, or stands in the address.
    pub fields: &'static [(&'static str, Value)],
    /// Nothing can be tried with that session afterwards.
    pub ends_the_session: bool,
    /// A file is sent there.
    pub takes_a_file: bool,
}

/// Who may.
#[derive(Clone, Copy)]
pub enum Needs {
    /// Also who is not signed in.
    Anyone,
    /// The same, but whoever is signed in finds their home there, and that is closed before a due change of password.
    Home,
    /// Who may do one of these.
    One(&'static [Deed]),
}

/// Something that is sent.
#[derive(Clone, Copy)]
pub enum Value {
    Text(&'static str),
    /// A form key that was never used.
    Key,
    Customer,
    License,
    Order,
    Option,
    Session,
    LicenseDraft,
    CustomerDraft,
    ImportDraft,
}

use Deed::{
    CreateCustomers, CreateLicenses, EditLicenses, KeepOwnAccount, SeeCatalog, SeeCustomers, SeeLicenses, SeeMail,
    SeeOwnLicenses,
};
use Value::{
    Customer, CustomerDraft, ImportDraft, Key, License, LicenseDraft, Option as AnOption, Order, Session, Text,
};

const ITS_RESELLER: &[Person] = &[Person::Reseller];
const ITS_CUSTOMER: &[Person] = &[Person::Customer];
const BOTH: &[Person] = &[Person::Reseller, Person::Customer];

const KEY: (&str, Value) = ("idempotency_key", Key);

const fn anyone(address: &'static str) -> Row {
    Row { address, needs: Needs::Anyone, of: None, fields: &[], ends_the_session: false, takes_a_file: false }
}

const fn who(address: &'static str, deeds: &'static [Deed]) -> Row {
    Row { needs: Needs::One(deeds), ..anyone(address) }
}

impl Row {
    const fn with(self, fields: &'static [(&'static str, Value)]) -> Self {
        Self { fields, ..self }
    }

    const fn of(self, owners: &'static [Person]) -> Self {
        Self { of: Some(owners), ..self }
    }

    const fn takes_a_file(self) -> Self {
        Self { takes_a_file: true, ..self }
    }

    const fn ends_the_session(self) -> Self {
        Self { ends_the_session: true, ..self }
    }
}

/// Every address there is.
pub const TABLE: &[Row] = &[
    // Coming in and going out.
    Row { needs: Needs::Home, ..anyone("/") },
    anyone("/login"),
    anyone("/healthz"),
    anyone("/readyz"),
    anyone("/activate/{token}").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/account/theme").with(&[("theme", Text("dark"))]),
    anyone("/api/contacts/invitation").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/activate").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/ask_new_link").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/sessions/current"),
    anyone("/api/sessions/sign_in"),
    anyone("/api/sessions/sign_out").ends_the_session(),
    // One's own account.
    who("/account", &[KeepOwnAccount]),
    who("/events", &[KeepOwnAccount]),
    who("/api/contacts/change_password", &[KeepOwnAccount]).with(&[KEY]),
    who("/api/sessions/list", &[KeepOwnAccount]),
    who("/api/sessions/end", &[KeepOwnAccount]).with(&[KEY, ("session", Session)]).of(ITS_RESELLER),
    // The back office.
    who("/office/mail", &[SeeMail]),
    who("/api/mail/outbox", &[SeeMail]),
    // The reseller's home and products.
    who("/api/home/reseller", &[SeeCatalog]),
    // Customers.
    who("/customers", &[SeeCustomers]),
    who("/customers/{id}", &[SeeCustomers]).with(&[("id", Customer)]).of(ITS_RESELLER),
    who("/customers/new", &[CreateCustomers]),
    who("/customers/new/{draft}", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/customers/new/{draft}/access", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/list", &[SeeCustomers]),
    who("/api/customers/search", &[SeeCustomers]).with(&[("q", Text("north"))]),
    who("/api/customers/find", &[SeeCustomers]).with(&[("id", Customer)]).of(ITS_RESELLER),
    who("/api/customers/resend_link", &[CreateCustomers]).with(&[KEY, ("id", Customer)]).of(ITS_RESELLER),
    who("/api/customers/begin", &[CreateCustomers]),
    who("/api/customers/wizard", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/save", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/create", &[CreateCustomers]).with(&[("idempotency_key", CustomerDraft)]).of(ITS_RESELLER),
    who("/customers.csv", &[SeeCustomers]),
    who("/customers/import", &[CreateCustomers]),
    who("/customers/import/{draft}", &[CreateCustomers]).with(&[("draft", ImportDraft)]).of(ITS_RESELLER),
    who("/customers/import/upload", &[CreateCustomers]).takes_a_file(),
    who("/customers/import/template.csv", &[CreateCustomers]),
    who("/api/customers/dry_run", &[CreateCustomers]).with(&[("draft", ImportDraft)]).of(ITS_RESELLER),
    who("/api/customers/import", &[CreateCustomers]).with(&[("idempotency_key", ImportDraft)]).of(ITS_RESELLER),
    // Licenses: a reseller sees those of its customers, a customer its own.
    who("/licenses", &[SeeLicenses, SeeOwnLicenses]),
    who("/licenses.csv", &[SeeLicenses]),
    who("/licenses/{id}", &[SeeLicenses, SeeOwnLicenses]).with(&[("id", License)]).of(BOTH),
    who("/licenses/new", &[CreateLicenses]),
    who("/licenses/new/{draft}/user", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/licenses/new/{draft}/details", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/licenses/new/{draft}/review", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/products/catalog", &[SeeCatalog]),
    who("/api/licenses/begin", &[CreateLicenses]).with(&[("option", AnOption)]),
    who("/api/licenses/wizard", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/pick_user", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/save_details", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/autosave", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/create", &[CreateLicenses])
        .with(&[("idempotency_key", LicenseDraft), ("total", Text("7000"))])
        .of(ITS_RESELLER),
    who("/licenses/created/{order}", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_RESELLER),
    who("/licenses/created/{order}/keys.txt", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_RESELLER),
    anyone("/api/licenses/filter"),
    who("/api/licenses/list", &[SeeLicenses]),
    who("/api/licenses/find", &[SeeLicenses]).with(&[("id", License)]).of(ITS_RESELLER),
    who("/api/licenses/edit", &[EditLicenses]).with(&[KEY, ("id", License)]).of(ITS_RESELLER),
    // Of another's licenses none is changed: service/tests/many.rs.
    who("/api/licenses/change_many", &[EditLicenses]).with(&[KEY, ("act", Text("send")), ("all", License)]),
    who("/api/licenses/send", &[EditLicenses]).with(&[KEY, ("id", License)]).of(ITS_RESELLER),
    who("/api/licenses/mine", &[SeeOwnLicenses]),
    who("/api/licenses/find_mine", &[SeeOwnLicenses]).with(&[("id", License)]).of(ITS_CUSTOMER),
    who("/api/orders/executed", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_RESELLER),
    who("/api/orders/send", &[EditLicenses]).with(&[KEY, ("order", Order)]).of(ITS_RESELLER),
];
