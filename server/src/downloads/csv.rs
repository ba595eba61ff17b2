//! Tables as text, one row a line, for spreadsheets (RFC 4180).

use std::borrow::Cow;

use http::{
    HeaderName,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};

/// What a table begins with: the mark by which spreadsheets know UTF-8.
pub const BEGIN: &str = "\u{feff}";

/// The headers of a table that is kept as a file of that name.
pub fn headers(name: &str) -> [(HeaderName, String); 2] {
    [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ]
}

/// Adds a row.
pub fn write(table: &mut String, cells: &[impl AsRef<str>]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        table.push_str(&quoted(&harmless(cell.as_ref())));
    }
    table.push_str("\r\n");
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe, by which it is text.
fn harmless(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

fn quoted(cell: &str) -> Cow<'_, str> {
    match cell.contains([',', ';', '\t', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")).into(),
        false => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_no_cell_is_a_formula_and_every_cell_is_one_cell() {
        let mut table = String::new();
        write(&mut table, &["=1+1", "+49 30", "-1", "@SUM(A1)", "\tx", "\rx", "plain", "a-b"]);
        write(&mut table, &["a,b", "a;b", "say \"hi\"", "two\nlines", "", "=\"x\""]);
        assert_eq!(
            table,
            "'=1+1,'+49 30,'-1,'@SUM(A1),\"'\tx\",\"'\rx\",plain,a-b\r\n\
             \"a,b\",\"a;b\",\"say \"\"hi\"\"\",\"two\nlines\",,\"'=\"\"x\"\"\"\r\n"
        );
        let mut back = domain::csv::lines(&table).map(|line| line.expect("a line").cells);
        assert_eq!(back.nth(1).expect("a line")[..4], ["a,b", "a;b", "say \"hi\"", "two\nlines"]);
    }
}
