//! What is over, and is taken out when it has been kept for long enough: oldest first, a batch in each transaction, so that
//! whoever wants to write waits for one batch at most. The audit log is not among it.

use domain::Timestamp;

use crate::{Error, Tx, dialect::Dialect, row::micros, tx::pieces};

/// How many rows one batch takes out at most.
pub const BATCH: u64 = 200;

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// Sessions that ended, or were not used any more.
    Sessions,
    /// Links of mails that were used, replaced, or have expired.
    Links,
    /// The keys of forms that were sent: the same form is answered alike as long as its key is kept (O2).
    FormKeys,
    /// The links and keys of mails that failed for good: nobody waits for them any more.
    MailSecrets,
    /// The texts of mails that were sent, where no mail server took them over, and of those that failed for good.
    MailTexts,
    /// Mails that were sent, or failed for good.
    Mails,
}

impl Old {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Sessions, Self::Links, Self::FormKeys, Self::MailSecrets, Self::MailTexts, Self::Mails];

    /// What it is called in the log.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sessions => "old sessions",
            Self::Links => "old links",
            Self::FormKeys => "old keys of forms",
            Self::MailSecrets => "links and keys of mails that failed",
            Self::MailTexts => "texts of old mails",
            Self::Mails => "old mails",
        }
    }

    /// The statement, without its limit, and the one that has to go before it.
    const fn sql(self) -> &'static str {
        match self {
            // A session that was ended has an end as well, which it would have reached by itself.
            Self::Sessions => {
                "delete from sessions
                 where id in (select id from sessions where expires_at < $1 order by expires_at"
            }
            Self::Links => {
                "delete from links
                 where token_hash in (select token_hash from links where expires_at < $1 order by expires_at"
            }
            Self::FormKeys => {
                "delete from idempotency_keys
                 where (contact_id, form_key) in (select contact_id, form_key from idempotency_keys
                                                  where created_at < $1 order by created_at"
            }
            // An empty text is none, and nobody takes it for that of a mail without any secrets.
            Self::MailSecrets => {
                "update outbox set whole = ''
                 where id in (select id from outbox where failed_at < $1 and whole <> '' order by failed_at"
            }
            Self::MailTexts => {
                "update outbox set body = null
                 where id in (select id from outbox {texts}
                              where body is not null and coalesce(sent_at, failed_at) < $1
                              order by coalesce(sent_at, failed_at)"
            }
            Self::Mails => {
                "delete from outbox
                 where id in (select id from outbox where coalesce(sent_at, failed_at) < $1
                              order by coalesce(sent_at, failed_at)"
            }
        }
    }

    fn statement(self, dialect: Dialect) -> String {
        // Both indexes of the age of mails would do; this one has no mails whose text is gone.
        let sql = self.sql().replace("{texts}", &dialect.by_index("outbox_texts_by_end"));
        format!("{sql} limit {BATCH})")
    }
}

/// Takes out a batch of what was over before that time, and gives how many they were. Fewer than [`BATCH`] were the last ones.
///
/// # Errors
/// When the database cannot.
pub async fn remove(tx: &mut Tx, old: Old, before: Timestamp) -> Result<u64, Error> {
    if old == Old::Sessions {
        // What a browser was asked for a passkey is over long before its session.
        let query = sqlx::query("delete from passkey_ceremonies where expires_at < $1");
        query.bind(micros(before)).execute(tx.db()).await?;
    }
    let query = sqlx::query(pieces(old.statement(tx.dialect())));
    Ok(query.bind(micros(before)).execute(tx.db()).await?.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, row::Read};

    #[tokio::test]
    async fn an_index_finds_the_oldest_of_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("plans.db").display());
        let store = Store::open(&url).await.expect("a store");
        store.migrate().await.expect("migrations");
        let mut tx = store.read().await.expect("a transaction");
        for (old, index) in [
            (Old::Sessions, "sessions_by_end"),
            (Old::Links, "links_by_end"),
            (Old::FormKeys, "idempotency_keys_by_age"),
            (Old::MailSecrets, "outbox_secrets_by_end"),
            (Old::MailTexts, "outbox_texts_by_end"),
            (Old::Mails, "outbox_by_end"),
        ] {
            let sql = format!("explain query plan {}", old.statement(Dialect::Sqlite));
            let rows = sqlx::query(pieces(sql)).bind(7_i64).fetch_all(tx.db()).await.expect("a plan");
            let lines: Vec<_> = rows.iter().map(|row| row.text("detail").expect("a line")).collect();
            assert!(lines.iter().any(|line| line.contains(index)), "{old:?}: {lines:?}");
            assert!(
                !lines.iter().any(|line| line.starts_with("SCAN") || line.contains("TEMP B-TREE")),
                "{old:?}: {lines:?}"
            );
        }
    }
}
