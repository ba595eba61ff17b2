//! Tables as text, one row a line, as spreadsheets write and read them (RFC 4180).

/// More cells in one line are no table of ours.
const CELLS_MOST: usize = 100;

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, counted from 1 as an editor does.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The lines of a table, first to last; empty ones are left out. After an error there are no more.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    rest: &'a str,
    number: usize,
    separator: char,
}

/// What a file says. It has to be UTF-8; the mark that some programs put first is left out.
///
/// # Errors
/// A sentence that says what to do.
pub fn decoded(bytes: &[u8]) -> Result<&str, String> {
    const ADVICE: &str = "Save it as UTF-8 (in Excel: \"CSV UTF-8\") and send it again.";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0) {
        return Err(format!("This file is UTF-16 or no text at all. {ADVICE}"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        format!("This file is not UTF-8: line {line} holds a character of another encoding. {ADVICE}")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The lines of a text. Comma, semicolon or tab: whichever its first line has most of.
pub fn lines(text: &str) -> Lines<'_> {
    let first = text.trim_start().lines().next().unwrap_or_default();
    // Of as many, the first one counts.
    let count = |separator: char| first.chars().filter(|c| *c == separator).count();
    let separator = [',', ';', '\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',');
    Lines { rest: text, number: 1, separator }
}

impl Iterator for Lines<'_> {
    type Item = Result<Line, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let number = self.number;
            match self.cells() {
                Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(cells) => return Some(Ok(Line { number, cells })),
                Err(problem) => {
                    self.rest = "";
                    return Some(Err(problem));
                }
            }
        }
        None
    }
}

impl Lines<'_> {
    fn cells(&mut self) -> Result<Vec<String>, String> {
        let (number, mut cells) = (self.number, Vec::new());
        loop {
            cells.push(if self.rest.starts_with('"') { self.quoted()? } else { self.plain() });
            if cells.len() > CELLS_MOST {
                return Err(format!("Line {number} has more than {CELLS_MOST} cells."));
            }
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
            } else {
                self.number += 1;
                let end = if self.rest.starts_with("\r\n") { 2 } else { self.rest.len().min(1) };
                self.rest = &self.rest[end..];
                return Ok(cells);
            }
        }
    }

    fn plain(&mut self) -> String {
        let separator = self.separator;
        let end = self.rest.find(|c| c == separator || is_break(c)).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        cell.to_owned()
    }

    /// A cell in quotation marks; two of them stand for one.
    fn quoted(&mut self) -> Result<String, String> {
        let (begins, mut cell) = (self.number, String::new());
        loop {
            let Some((part, rest)) = self.rest[1..].split_once('"') else {
                return Err(format!("The quotation mark that opens in line {begins} is never closed."));
            };
            self.number += part.matches('\n').count();
            cell.push_str(part);
            self.rest = rest;
            if !rest.starts_with('"') {
                break;
            }
            cell.push('"');
        }
        if self.rest.is_empty() || self.rest.starts_with(|c| c == self.separator || is_break(c)) {
            return Ok(cell);
        }
        Err(format!("In line {}, text stands right after a closing quotation mark.", self.number))
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String)> {
        lines(text).map(|line| line.map(|line| (line.number, line.cells.join("|"))).expect("a line")).collect()
    }

    #[test]
    fn a_table_is_read_whatever_parts_its_cells_and_ends_its_lines() {
        for text in ["a,b\r\n1,2\r\n", "a;b\n1;2", "a\tb\r1\t2\r", "\n\na,b\n,\n1,2\n\n\n"] {
            let cells: Vec<_> = read(text).into_iter().map(|(_, cells)| cells).collect();
            assert_eq!(cells, ["a|b", "1|2"], "{text:?}");
        }
        assert_eq!(read("a;b,c;d"), [(1, "a|b,c|d".to_owned())]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_cell_in_quotation_marks_holds_anything_and_lines_are_counted_as_in_an_editor() {
        let text = "name,note\n\"Müller, \"\"Söhne\"\"\",\"two\nlines\"\nx,\ny \"z\",\"\"\n";
        let lines = [(1, "name|note"), (2, "Müller, \"Söhne\"|two\nlines"), (4, "x|"), (5, "y \"z\"|")];
        assert_eq!(read(text), lines.map(|(line, cells)| (line, cells.to_owned())));
    }

    #[test]
    fn what_is_no_table_says_where() {
        let problem = |text: &str| lines(text).find_map(Result::err).expect("a problem");
        assert_eq!(problem("a,b\n\"c,d\ne"), "The quotation mark that opens in line 2 is never closed.");
        assert_eq!(problem("a\n\"b\"c"), "In line 2, text stands right after a closing quotation mark.");
        assert_eq!(problem(&",".repeat(100)), "Line 1 has more than 100 cells.");
        assert_eq!(lines("a\n\"b").count(), 2, "nothing comes after it");
    }

    #[test]
    fn another_encoding_than_utf_8_is_told_with_its_line() {
        assert_eq!(decoded("\u{feff}é".as_bytes()), Ok("é"));
        let latin = decoded(b"a\nM\xfcller").expect_err("Latin-1");
        assert!(latin.starts_with("This file is not UTF-8: line 2 holds"), "{latin}");
        for utf_16 in [&b"\xff\xfea\0"[..], b"\xfe\xff\0a", b"a\0b\0"] {
            assert!(decoded(utf_16).is_err_and(|problem| problem.starts_with("This file is UTF-16")));
        }
    }
}
