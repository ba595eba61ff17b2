//! One statement of a transaction, which remembers whether it failed.
//!
//! PostgreSQL refuses every statement after one that failed. SQLite goes on after most errors, and after some (a full disk, a
//! disk that cannot be read or written) it rolls the transaction back by itself: each later statement would then be
//! committed alone. So both are held to the stricter rule here, and not in each function that calls the store.

use std::future;

use futures::{FutureExt, StreamExt, TryFutureExt, TryStreamExt, future::BoxFuture, stream, stream::BoxStream};
use sqlx::{
    Any, AnyConnection, Describe, Either, Error, Execute, Executor, SqlStr,
    any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo},
};

use crate::writing::Writing;

/// The connection of a transaction, for one statement.
#[derive(Debug)]
pub(crate) struct Statement<'tx> {
    pub(crate) connection: &'tx mut AnyConnection,
    /// Whether a statement of this transaction has failed.
    pub(crate) failed: &'tx mut bool,
    /// Where it is remembered whether writing works; nothing for a transaction that only reads.
    pub(crate) writing: Option<&'tx Writing>,
}

/// Why nothing is done in a transaction any more.
pub(crate) fn rolled_back() -> Error {
    Error::Protocol("an earlier statement of this transaction failed, so all of it was rolled back".to_owned())
}

impl<'tx> Statement<'tx> {
    /// What is noted of an error.
    fn note(failed: &mut bool, writing: Option<&Writing>, error: &Error) {
        *failed = true;
        if let Some(writing) = writing {
            writing.failed(error);
        }
    }
}

impl<'tx> Executor<'tx> for Statement<'tx> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, Error>>
    where
        'tx: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Self { connection, failed, writing } = self;
        if *failed {
            return stream::once(future::ready(Err(rolled_back()))).boxed();
        }
        connection.fetch_many(query).inspect_err(move |error| Self::note(failed, writing, error)).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'tx: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Self { connection, failed, writing } = self;
        if *failed {
            return future::ready(Err(rolled_back())).boxed();
        }
        connection.fetch_optional(query).inspect_err(move |error| Self::note(failed, writing, error)).boxed()
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [AnyTypeInfo]) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'tx: 'e,
    {
        let Self { connection, failed, writing } = self;
        if *failed {
            return future::ready(Err(rolled_back())).boxed();
        }
        connection.prepare_with(sql, parameters).inspect_err(move |error| Self::note(failed, writing, error)).boxed()
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Any>, Error>>
    where
        'tx: 'e,
    {
        let Self { connection, failed, writing } = self;
        if *failed {
            return future::ready(Err(rolled_back())).boxed();
        }
        connection.describe(sql).inspect_err(move |error| Self::note(failed, writing, error)).boxed()
    }
}
