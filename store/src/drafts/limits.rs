//! How much may be kept of what was typed, so that nobody fills the disk. Each time a draft is written, the oldest beyond the limits
//! go in the same transaction. Two that write at once may not see each other's draft: the next one that writes takes out what is too much.

use domain::{ContactId, DraftId, Timestamp};

use super::Kind;
use crate::{Error, Tx, row::micros};

/// Of each form that is for people who are not signed in: refused ones of browsers in which nobody is.
const OF_NOBODY: i64 = 64;
/// The one of these forms into which much is typed.
const APPLICATION: &str = "applications/apply";
/// Bytes of all drafts of one person.
const BYTES_OF_PERSON: i64 = 16 * 1024 * 1024;

/// Bytes of one refused form of nobody. The longest application that is allowed has some 12 KiB, and what is too long for it must come
/// back to be shortened. So all applications together have 2 MiB at most, and each other form has a quarter of one.
pub fn max_bytes_of_nobody(form: &str) -> usize {
    if form == APPLICATION { 32 * 1024 } else { 4 * 1024 }
}

impl Kind {
    /// Bytes of one draft of a person.
    pub const fn max_bytes(self) -> usize {
        match self {
            // A table of 2 MB as JSON, with the names of its columns.
            Self::Import | Self::Receipts => 6 * 1024 * 1024,
            // The longest form has a few fields of 10,000 characters.
            Self::License | Self::Customer | Self::Basket | Self::Returned => 128 * 1024,
        }
    }

    /// Drafts of this kind that one person has.
    const fn of_person(self) -> i64 {
        match self {
            Self::Import | Self::Receipts | Self::Basket => 10,
            Self::License | Self::Customer | Self::Returned => 200,
        }
    }
}

/// Takes out the oldest drafts of a person beyond what they may have; never the one that was just written, and no basket because
/// of other drafts.
pub(super) async fn keep_within(tx: &mut Tx, contact: ContactId, kind: Kind, written: DraftId) -> Result<(), Error> {
    let query = sqlx::query(
        "delete from drafts
         where id in (
            select id
            from (
                select id, kind,
                    row_number() over (
                        partition by kind
                        order by case when id = $2 then 0 else 1 end, updated_at desc, id desc
                    ) as place,
                    sum(octet_length(fields)) over (
                        order by case when id = $2 then 0 else 1 end, updated_at desc, id desc
                    ) as bytes
                from drafts
                where contact_id = $1
            ) as mine
            where (kind = $3 and place > $4) or (bytes > $5 and kind <> 'basket' and id <> $2)
         )",
    );
    query
        .bind(contact.to_string())
        .bind(written.to_string())
        .bind(kind.word())
        .bind(kind.of_person())
        .bind(BYTES_OF_PERSON)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Takes out the drafts of nobody that are too old, and of that form the oldest beyond their number; never the one that was just
/// written.
pub(super) async fn keep_few(tx: &mut Tx, written: DraftId, form: &str, old: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "delete from drafts
         where contact_id is null
            and (updated_at < $2
                or id in (
                    select id
                    from (
                        select id,
                            row_number() over (
                                order by case when id = $1 then 0 else 1 end, updated_at desc, id desc
                            ) as place
                        from drafts
                        where contact_id is null and form = $4
                    ) as kept
                    where place > $3
                ))",
    );
    let query = query.bind(written.to_string()).bind(micros(old)).bind(OF_NOBODY).bind(form.to_owned());
    query.execute(tx.db()).await?;
    Ok(())
}
