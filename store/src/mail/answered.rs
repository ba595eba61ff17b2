//! Who answers whoever a mail goes to: to a customer its reseller, to a reseller the operator.

use crate::{Error, Tx, row::Read};

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The reseller, whom its customers know and us perhaps not; to all others it is the operator who writes.
    pub reseller: Option<String>,
    /// Where they read what is answered.
    pub email: Option<String>,
}

/// Who answers the people with that address: none where it is known to several who do, or to nobody. A reseller that says no address of
/// its own is reached by the first of its people; the staff are named to nobody, so the operator is reached by the address that it says.
///
/// # Errors
/// When the database cannot.
pub async fn answered_by(tx: &mut Tx, recipient: &str) -> Result<Option<Answers>, Error> {
    // By the index on the folded address.
    let query = sqlx::query(
        "select distinct
             house.id,
             case when house.kind = 'reseller' then house.name end as reseller,
             coalesce(house.email, case when house.kind = 'reseller' then (
                 select someone.email from contacts someone
                 where someone.account_id = house.id and someone.storefront_since is not null and someone.deactivated_at is null
                 order by someone.id
                 limit 1) end) as email
         from contacts person
         join accounts own on own.id = person.account_id
         join accounts house on house.id = own.reseller_id or (own.kind = 'reseller' and house.kind = 'operator')
         where person.email_folded = $1
         limit 2",
    );
    match query.bind(recipient.trim().to_lowercase()).fetch_all(tx.db()).await?.as_slice() {
        [only] => Ok(Some(Answers { reseller: only.maybe_text("reseller")?, email: only.maybe_text("email")? })),
        _ => Ok(None),
    }
}
