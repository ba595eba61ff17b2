//! Mails to staff that something waits for a decision: of each kind, a person gets one in some time, however many come at once.

use domain::{ContactId, Timestamp};

use crate::{Error, Tx, row::micros};

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// A held order.
    Order,
    /// An application.
    Application,
}

impl Alert {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Application => "application",
        }
    }
}

/// Claims the mail of that kind to a person, to be written in this transaction; `false` when one was written after `then`. The guard is the
/// `where` of the update: who comes at the same time waits for whoever has claimed it, and claims it only if that one did not commit.
/// The `where` of the insert spares the others that wait while there is nothing to claim.
///
/// # Errors
/// When the database cannot.
pub async fn claim(
    tx: &mut Tx,
    contact: ContactId,
    alert: Alert,
    now: Timestamp,
    then: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into staff_alerts (contact_id, kind, sent_at)
         select $1, $2, cast($3 as bigint)
         where not exists (select 1 from staff_alerts
                           where contact_id = $1 and kind = $2 and sent_at > $4)
         on conflict (contact_id, kind) do update set sent_at = excluded.sent_at
         where staff_alerts.sent_at <= $4",
    );
    let query = query.bind(contact.to_string()).bind(alert.as_str()).bind(micros(now)).bind(micros(then));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}
