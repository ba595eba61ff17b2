//! Who answers whoever a mail goes to: to a customer its reseller, to a reseller the operator.

use domain::MailId;

use crate::{Error, Tx, row::Read};

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The reseller, whom its customers know and us perhaps not; to all others it is the operator who writes.
    pub reseller: Option<String>,
    /// Where they read what is answered.
    pub email: Option<String>,
}

/// Who answers the person to whom a mail was put into the outbox: none where it goes to an address alone, or to staff. Never is it
/// guessed from the address, which people of several accounts may have. A reseller that says no address of its own is reached by the
/// first of its people; the staff are named to nobody, so the operator is reached by the address that it says.
///
/// # Errors
/// When the database cannot.
pub async fn answered_by(tx: &mut Tx, mail: MailId) -> Result<Option<Answers>, Error> {
    let query = sqlx::query(
        "select
             case when house.kind = 'reseller' then house.name end as reseller,
             coalesce(house.email, case when house.kind = 'reseller' then (
                 select someone.email from contacts someone
                 where someone.account_id = house.id and someone.storefront_since is not null and someone.deactivated_at is null
                 order by someone.id
                 limit 1) end) as email
         from outbox o
         join contacts person on person.id = o.contact_id
         join accounts own on own.id = person.account_id
         join accounts house on house.id = own.reseller_id or (own.kind = 'reseller' and house.kind = 'operator')
         where o.id = $1
         limit 1",
    );
    let row = query.bind(mail.to_string()).fetch_optional(tx.db()).await?;
    row.map(|row| Ok(Answers { reseller: row.maybe_text("reseller")?, email: row.maybe_text("email")? })).transpose()
}
