//! Conditions that are there only when they are asked for, so that each view of a list is a
//! query of its own, which an index can answer.

use sqlx::{
    Any,
    any::AnyArguments,
    query::{Query, QueryScalar},
};

use crate::tx::pieces;

/// A value for a `$n`.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Int(i64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

/// The conditions of a query and their values. A condition is put together from fixed text of this
/// crate, in which each `?` stands for one value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Clauses {
    /// Adds a condition with its values.
    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        let mut text = String::new();
        let mut values = values.into_iter();
        for piece in condition.split_inclusive('?') {
            match (piece.strip_suffix('?'), values.next()) {
                (Some(before), Some(value)) => {
                    self.values.push(value);
                    text += before;
                    text += &format!("${}", self.values.len());
                }
                _ => text += piece,
            }
        }
        self.conditions.push(text);
    }

    /// The conditions for the `where`.
    pub(crate) fn text(&self) -> String {
        self.conditions.join(" and ")
    }

    /// A query for rows, with the values bound.
    pub(crate) fn rows(&self, sql: String) -> Query<'static, Any, AnyArguments> {
        self.values.iter().fold(sqlx::query(pieces(sql)), |query, value| match value {
            Value::Text(text) => query.bind(text.clone()),
            Value::Int(number) => query.bind(*number),
        })
    }

    /// A query for one number, with the values bound.
    pub(crate) fn number(&self, sql: String) -> QueryScalar<'static, Any, i64, AnyArguments> {
        self.values.iter().fold(sqlx::query_scalar(pieces(sql)), |query, value| match value {
            Value::Text(text) => query.bind(text.clone()),
            Value::Int(number) => query.bind(*number),
        })
    }
}
