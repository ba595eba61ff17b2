//! Lists as tables for a spreadsheet: written while they are read, and safe to open.

use axum::{body::Body, response::Response};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use futures::{Stream, StreamExt, TryStreamExt, stream::once};
use http::{
    HeaderValue,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::Error;

use super::name::attached;

/// So that spreadsheets read it as UTF-8.
const MARK: &str = "\u{feff}";

/// A file of that name, with a first line of column names and then the rows, some at a time as they are read; no more than
/// those are held. When a read fails the answer breaks off, so that half a file is not taken for a whole one.
pub(super) fn table<const N: usize>(
    name: &str,
    columns: [&str; N],
    rows: impl Stream<Item = Result<Vec<[String; N]>, Error>> + Send + 'static,
) -> Response {
    let head = format!("{MARK}{}", lines(&[columns.map(str::to_owned)]));
    let rows = rows.map_ok(|rows| lines(&rows)).inspect_err(|error| {
        tracing::error!(%error, "a table breaks off");
    });
    let mut answer = Response::new(Body::from_stream(once(async { Ok(head) }).chain(rows)));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, attached(name, "csv"));
    answer
}

/// Rows as they stand in the file (RFC 4180), each cell in quotation marks.
fn lines<const N: usize>(rows: &[[String; N]]) -> String {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and all rows are as long.
        writer.write_record(row.iter().map(|cell| harmless(cell))).ok();
    }
    let written = writer.into_inner().unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

/// Where a spreadsheet may begin a cell that we did not: one of a country that writes `1,5` splits at `;`, another at tabs, and
/// both end a line in the middle of what they do not take for quoted.
const SPLITS: [char; 4] = [';', '\t', '\n', '\r'];
/// What a formula begins with, also as wide as Chinese letters.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A spreadsheet takes a cell that begins like a formula for one, whoever typed it; an apostrophe before it makes it text. An amount
/// below nothing is a number and adds up.
fn harmless(cell: &str) -> String {
    if is_below_nothing(cell) {
        return cell.to_owned();
    }
    let pieces = cell.split_inclusive(SPLITS);
    // A cell that begins with a split of its own is split by nobody but those who split there.
    let begins = cell.starts_with(['\t', '\r']).then_some("'");
    begins.into_iter().chain(pieces.flat_map(|piece| [if is_formula(piece) { "'" } else { "" }, piece])).collect()
}

/// Whether a cell that began there would be one: spaces and quotation marks before the sign are nothing.
fn is_formula(piece: &str) -> bool {
    piece.trim_start_matches(|c: char| c.is_whitespace() || c == '"').starts_with(SIGNS)
}

/// `-12.50`: a minus and digits, with a point between them at the most.
fn is_below_nothing(cell: &str) -> bool {
    let Some(amount) = cell.strip_prefix('-') else { return false };
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l14_no_cell_is_a_formula_and_quotes_and_lines_stay_in_their_cell() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned);
        let text = lines(&[
            row(["=HYPERLINK(\"http://evil.example\")", "+49 30 1234", "-1+1"]),
            row(["@SUM(A1)", "\tx", "\r=1"]),
            row(["a, \"b\"\nc", "1-2", "ünï"]),
            row(["\u{ff1d}1+1", "\u{ff0b}1", " =1"]),
        ]);
        let expected = [
            r#""'=HYPERLINK(""http://evil.example"")","'+49 30 1234","'-1+1""#,
            "\"'@SUM(A1)\",\"'\tx\",\"'\r'=1\"",
            "\"a, \"\"b\"\"\nc\",\"1-2\",\"ünï\"",
            "\"'\u{ff1d}1+1\",\"'\u{ff0b}1\",\"' =1\"",
            "",
        ];
        assert_eq!(text, expected.join("\r\n"));
    }

    #[test]
    fn l14_nor_where_a_spreadsheet_splits_within_a_cell() {
        for (typed, written) in [
            ("x;=1+cmd|' /C calc'!A0;", "x;'=1+cmd|' /C calc'!A0;"),
            ("x; \"=1", "x;' \"=1"),
            ("x\t@A1", "x\t'@A1"),
            ("x\n\u{ff20}A1", "x\n'\u{ff20}A1"),
            ("x\r\n+1", "x\r\n'+1"),
            (";-5", ";'-5"),
            ("a;b\nc, d; e", "a;b\nc, d; e"),
            ("", ""),
        ] {
            assert_eq!(harmless(typed), written, "{typed:?}");
        }
    }

    #[test]
    fn an_amount_below_nothing_stays_a_number() {
        for number in ["-1", "-12.50", "-3412.005"] {
            assert_eq!(harmless(number), number);
        }
        for formula in ["-", "-.5", "-1.", "-1-1", "-1.5.5", "-1e5", "-A1", "--1", "- 1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
    }
}
