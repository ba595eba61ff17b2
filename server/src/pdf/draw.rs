//! Where everything stands on the paper.

use std::num::NonZeroU16;

use krilla::tagging::{TableHeaderScope, Tag};

use super::{
    PdfError,
    fonts::Weight,
    paper::{About, Color, LEFT, PAGE, Paper, Place, RIGHT},
    sheet::{Row, Sheet},
    text::{self, Line},
};

/// Sizes of letters, and how far lines stand apart in parts of them.
const TEXT: f32 = 9.5;
const SMALL: f32 = 8.0;
const LARGE: f32 = 12.0;
const TITLE: f32 = 19.0;
const LEADING: f32 = 1.42;

/// Between things of different kinds, and between columns.
const GAP: f32 = 24.0;
const COLUMN_GAP: f32 = 16.0;

/// The address stands in the window of an envelope, and the facts beside it.
const ADDRESS_TOP: f32 = 138.0;
const ADDRESS_WIDTH: f32 = 232.0;
const FACTS_LEFT: f32 = 330.0;

/// Below the rows of a page, for what is carried to the next.
const CARRY: f32 = 22.0;

const COLUMNS: [&str; 4] = ["Quantity", "Unit price", "Tax", "Net amount"];

/// Said where something could not be drawn.
const REPLACED: &str = "\u{fffd} stands for a character that cannot be drawn here. Copied out of this file it is itself, if it is visible at all.";

/// The file of a sheet.
pub(super) fn file(sheet: &Sheet<'_>) -> Result<Vec<u8>, PdfError> {
    let mut paper = Paper::new(44.0);
    letterhead(&mut paper, sheet);
    table(&mut paper, sheet);
    totals(&mut paper, sheet);
    pay(&mut paper, sheet);
    notes(&mut paper, sheet);
    let author: String = sheet.letterhead.from.name.chars().filter(|c| !c.is_control()).take(200).collect();
    let about = About { title: sheet.title(), author, day: sheet.issued_on };
    paper.write(&about, |paper, number, of| margins(paper, sheet, number, of))
}

/// Who writes, to whom, and what is looked for first.
fn letterhead(paper: &mut Paper, sheet: &Sheet<'_>) {
    let (from, to) = (&sheet.letterhead.from, &sheet.letterhead.to);
    let sender = paper.part(None, Tag::Div);
    paragraph(paper, (LEFT, RIGHT - LEFT), &from.name, Style::HEAD, Some(sender));
    paragraph(paper, (LEFT, RIGHT - LEFT), &sheet.sender(), Style::SMALL, Some(sender));
    paper.y = paper.y.max(ADDRESS_TOP);

    let (top, before) = (paper.y, paper.pages());
    let receiver = paper.part(None, Tag::Div);
    paragraph(paper, (LEFT, ADDRESS_WIDTH), &to.name, Style::STRONG, Some(receiver));
    for line in to.person.iter().chain(&to.address) {
        paragraph(paper, (LEFT, ADDRESS_WIDTH), line, Style::TEXT, Some(receiver));
    }
    let foot = paper.y;
    // An address that goes on over the page has the facts below it, not beside.
    if paper.pages() == before {
        paper.y = top;
    }
    facts(paper, FACTS_LEFT, RIGHT - FACTS_LEFT, &sheet.facts, None);
    paper.y = if paper.pages() == before { paper.y.max(foot).max(ADDRESS_TOP + 96.0) } else { paper.y } + GAP;

    let level = NonZeroU16::MIN;
    room(paper, TITLE * LEADING + GAP);
    let heading = paper.part(None, Tag::Hn(level, Some(sheet.title())));
    paragraph(paper, (LEFT, RIGHT - LEFT), &sheet.title(), Style::TITLE, Some(heading));
    paper.y += 10.0;
}

/// The lines, over as many pages as they take.
fn table(paper: &mut Paper, sheet: &Sheet<'_>) {
    let columns = Columns::of(sheet);
    let whole = paper.part(None, Tag::Table.with_summary(Some("What is charged, line by line.".to_owned())));
    room(paper, 80.0);
    let (head, body) = (paper.part(Some(whole), Tag::THead), paper.part(Some(whole), Tag::TBody));
    let head = paper.part(Some(head), Tag::TR);
    let mut cells = Vec::new();
    for _ in 0..=COLUMNS.len() {
        cells.push(paper.part(Some(head), Tag::TH(TableHeaderScope::Column)));
    }
    columns.head(paper, sheet, Some(&cells));
    let mut carried: Option<&str> = None;
    for row in &sheet.rows {
        columns.row(paper, sheet, row, body, carried);
        carried = Some(&row.carried);
    }
}

/// Where the columns of figures end, for the widest figures in them.
struct Columns {
    /// How wide the text may be.
    text: f32,
    /// The right edges of the others.
    edges: [f32; 4],
}

impl Columns {
    fn of(sheet: &Sheet<'_>) -> Self {
        let (mut edges, mut edge) = ([RIGHT; 4], RIGHT);
        for (at, name) in COLUMNS.iter().enumerate().rev() {
            let head = text::line(Weight::Bold, name).width * SMALL;
            let figures = sheet.rows.iter().map(|row| text::line(Weight::Normal, &row.figures[at]).width * TEXT);
            edges[at] = edge;
            edge -= figures.fold(head, f32::max) + COLUMN_GAP;
        }
        Self { text: edge - LEFT, edges }
    }

    /// What each column is; on a further page it is decoration, since it was read out already.
    fn head(&self, paper: &mut Paper, sheet: &Sheet<'_>, cells: Option<&[Place]>) {
        let place = |at: usize| cells.and_then(|cells| cells.get(at)).copied();
        let y = paper.y + SMALL;
        let first = format!("Description (amounts in {})", sheet.currency.code());
        paper.text(text::cut(Weight::Bold, &first, self.text / SMALL), SMALL, (LEFT, y), Color::Second, place(0));
        for (at, name) in COLUMNS.iter().enumerate() {
            let line = text::line(Weight::Bold, name);
            let x = self.edges[at] - line.width * SMALL;
            paper.text(line, SMALL, (x, y), Color::Second, place(at + 1));
        }
        paper.y = y + 6.0;
        paper.fill((LEFT, paper.y), RIGHT - LEFT, 1.0, Color::Ink);
        paper.y += 7.0;
    }

    fn row(&self, paper: &mut Paper, sheet: &Sheet<'_>, row: &Row, body: Place, carried: Option<&str>) {
        let place = paper.part(Some(body), Tag::TR);
        let first = paper.part(Some(place), Tag::TD);
        let mut lines: Vec<(Line, Style)> = Vec::new();
        lines.extend(text::lines(Weight::Normal, &row.text, self.text / TEXT).into_iter().map(|l| (l, Style::TEXT)));
        let days = row.days.iter().flat_map(|days| text::lines(Weight::Normal, days, self.text / SMALL));
        lines.extend(days.map(|line| (line, Style::SMALL)));
        // A row stays together unless it is so long that it would leave a page half empty.
        let height: f32 = lines.iter().map(|(_, style)| style.size * LEADING).sum();
        if !paper.has_room(height.min(PAGE.1 / 4.0) + CARRY) {
            self.go_on(paper, sheet, carried);
        }
        let y = paper.y + TEXT;
        for (at, figure) in row.figures.iter().enumerate() {
            let cell = paper.part(Some(place), Tag::TD);
            let line = text::line(Weight::Normal, figure);
            let x = self.edges[at] - line.width * TEXT;
            paper.text(line, TEXT, (x, y), Color::Ink, Some(cell));
        }
        for (line, style) in lines {
            if !paper.has_room(style.size * LEADING + CARRY) {
                self.go_on(paper, sheet, carried);
            }
            paper.text(line, style.size, (LEFT, paper.y + style.size), style.color, Some(first));
            paper.y += style.size * LEADING;
        }
        paper.y += 4.0;
        paper.fill((LEFT, paper.y), RIGHT - LEFT, 0.5, Color::Line);
        paper.y += 5.5;
    }

    /// The next page, with the columns and what the lines so far come to.
    fn go_on(&self, paper: &mut Paper, sheet: &Sheet<'_>, carried: Option<&str>) {
        let sum = |paper: &mut Paper, words: &str| {
            let Some(carried) = carried else { return };
            let (words, sum) = (text::line(Weight::Normal, words), text::line(Weight::Bold, carried));
            let (y, x) = (paper.y + SMALL, RIGHT - sum.width * SMALL);
            paper.text(words, SMALL, (LEFT, y), Color::Second, None);
            paper.text(sum, SMALL, (x, y), Color::Second, None);
        };
        sum(paper, "Carried to the next page");
        paper.turn();
        self.head(paper, sheet, None);
        sum(paper, "Carried from the page before");
        if carried.is_some() {
            paper.y += SMALL * LEADING + 4.0;
            paper.fill((LEFT, paper.y), RIGHT - LEFT, 0.5, Color::Line);
            paper.y += 5.5;
        }
    }
}

/// The sums, together on one page.
fn totals(paper: &mut Paper, sheet: &Sheet<'_>) {
    let last = sheet.totals.len().saturating_sub(1);
    let style = |at: usize| if at == last { Style::HEAD } else { Style::TEXT };
    let lines = |name: &str, style: Style| text::line(style.weight, name);
    let sizes = || sheet.totals.iter().enumerate().map(|(at, total)| (total, style(at)));
    let names = sizes().map(|((name, _), style)| lines(name, style).width * style.size).fold(0.0, f32::max);
    let sums = sizes().map(|((_, sum), style)| lines(sum, style).width * style.size).fold(0.0, f32::max);
    let left = (RIGHT - sums - 2.0 * COLUMN_GAP - names).clamp(LEFT, FACTS_LEFT);
    room(paper, sheet.totals.len() as f32 * TEXT * LEADING * 1.15 + 2.0 * GAP);
    paper.y += 4.0;
    let table = paper.part(None, Tag::Table.with_summary(Some("What the lines sum to.".to_owned())));
    for ((name, sum), style) in sizes() {
        let row = paper.part(Some(table), Tag::TR);
        let head = paper.part(Some(row), Tag::TH(TableHeaderScope::Row));
        let cell = paper.part(Some(row), Tag::TD);
        if style.weight == Weight::Bold {
            paper.y += 5.0;
            paper.fill((left, paper.y), RIGHT - left, 1.0, Color::Ink);
            paper.y += 6.0;
        }
        let (name, sum) = (lines(name, style), lines(sum, style));
        let (y, x) = (paper.y + style.size, RIGHT - sum.width * style.size);
        let color = if style.weight == Weight::Bold { Color::Ink } else { Color::Second };
        paper.text(name, style.size, (left, y), color, Some(head));
        paper.text(sum, style.size, (x, y), Color::Ink, Some(cell));
        paper.y += style.size * LEADING * 1.15;
    }
    paper.y += GAP;
}

/// How to pay, in a box of its own.
fn pay(paper: &mut Paper, sheet: &Sheet<'_>) {
    let Some((sentence, facts_of)) = &sheet.pay else { return };
    let (inside, width) = (LEFT + 14.0, RIGHT - LEFT - 28.0);
    let values = |value: &str| text::lines(Weight::Normal, value, (width - NAMES) / TEXT).len().max(1) as f32;
    let height: f32 = facts_of.iter().map(|(_, value)| values(value) * TEXT * LEADING).sum();
    let height = height + TEXT * LEADING + 6.0 + 24.0;
    room(paper, height);
    if paper.has_room(height) {
        paper.fill((LEFT, paper.y), RIGHT - LEFT, height, Color::Sunk);
    }
    paper.y += 11.0;
    let section = paper.part(None, Tag::Div);
    paragraph(paper, (inside, width), sentence, Style::STRONG, Some(section));
    paper.y += 6.0;
    facts(paper, inside, width, facts_of, Some(section));
    paper.y += GAP;
}

/// What has to be said.
fn notes(paper: &mut Paper, sheet: &Sheet<'_>) {
    for note in &sheet.notes {
        paragraph(paper, (LEFT, RIGHT - LEFT), note, Style::SMALL, None);
        paper.y += 2.0;
    }
    if paper.replaced {
        paragraph(paper, (LEFT, RIGHT - LEFT), REPLACED, Style::SMALL, None);
    }
}

/// What stands at the edges of each page.
fn margins(paper: &mut Paper, sheet: &Sheet<'_>, number: usize, of: usize) {
    let half = (RIGHT - LEFT) * 0.6 / SMALL;
    let name = || text::cut(Weight::Normal, &sheet.letterhead.from.name, half);
    let mut edge = |y: f32, left: Line, right: &str| {
        let right = text::line(Weight::Normal, right);
        let x = RIGHT - right.width * SMALL;
        paper.text(left, SMALL, (LEFT, y), Color::Second, None);
        paper.text(right, SMALL, (x, y), Color::Second, None);
    };
    if number > 1 {
        edge(52.0, name(), &sheet.title());
    }
    edge(PAGE.1 - 40.0, name(), &format!("{} \u{b7} Page {number} of {of}", sheet.number));
    paper.fill((LEFT, PAGE.1 - 56.0), RIGHT - LEFT, 0.5, Color::Line);
}

/// The width of the names of facts.
const NAMES: f32 = 88.0;

/// Names and values below each other.
fn facts(paper: &mut Paper, left: f32, width: f32, facts: &[(&str, String)], of: Option<Place>) {
    let table = paper.part(of, Tag::Table.with_summary(Some("Names and values.".to_owned())));
    for (name, value) in facts {
        let row = paper.part(Some(table), Tag::TR);
        let (head, cell) = (paper.part(Some(row), Tag::TH(TableHeaderScope::Row)), paper.part(Some(row), Tag::TD));
        room(paper, TEXT * LEADING);
        let name = text::line(Weight::Normal, name);
        paper.text(name, SMALL, (left, paper.y + TEXT), Color::Second, Some(head));
        flow(paper, (left + NAMES, width - NAMES), value, Style::TEXT, cell);
    }
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy)]
struct Style {
    weight: Weight,
    size: f32,
    color: Color,
}

impl Style {
    const TEXT: Self = Self { weight: Weight::Normal, size: TEXT, color: Color::Ink };
    const STRONG: Self = Self { weight: Weight::Bold, ..Self::TEXT };
    const SMALL: Self = Self { weight: Weight::Normal, size: SMALL, color: Color::Second };
    const HEAD: Self = Self { weight: Weight::Bold, size: LARGE, color: Color::Ink };
    const TITLE: Self = Self { size: TITLE, ..Self::HEAD };
}

/// A paragraph, which goes on over as many pages as it takes. A heading is one already.
fn paragraph(paper: &mut Paper, across: (f32, f32), text: &str, style: Style, of: Option<Place>) {
    if text.is_empty() {
        return;
    }
    let place = match of {
        Some(heading) if style.size > LARGE => heading,
        of => paper.part(of, Tag::P),
    };
    flow(paper, across, text, style, place);
}

fn flow(paper: &mut Paper, (left, width): (f32, f32), text: &str, style: Style, place: Place) {
    for line in text::lines(style.weight, text, width / style.size) {
        room(paper, style.size * LEADING);
        paper.text(line, style.size, (left, paper.y + style.size), style.color, Some(place));
        paper.y += style.size * LEADING;
    }
}

/// Begins another page where so much has no room on this one.
fn room(paper: &mut Paper, height: f32) {
    if !paper.has_room(height) {
        paper.turn();
    }
}
