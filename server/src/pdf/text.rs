//! Text into lines of glyphs: broken where its script allows, in the order in which either direction is read.

use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{BufferFlags, Direction, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{self, REPLACEMENT, Typeface, Weight};

/// One line, in the order in which it is drawn. Lengths are in parts of the letters' size.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub runs: Vec<Run>,
    pub width: f32,
}

/// Glyphs of one font and direction.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub font: Font,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
    /// It cannot be drawn: a sign stands for it, and the file still holds what it is.
    pub replaced: bool,
}

/// The text in one line, however long.
pub(super) fn line(weight: Weight, text: &str) -> Line {
    let text = cleaned(text);
    Text::new(weight, &text).line(0..text.len())
}

/// The text in lines of that width at most. A word that is longer is broken between its characters.
pub(super) fn lines(weight: Weight, text: &str, width: f32) -> Vec<Line> {
    let text = cleaned(text);
    let text = Text::new(weight, &text);
    text.broken(width).into_iter().map(|range| text.line(range)).collect()
}

/// More characters than any line has.
const LONGEST: usize = 1_000;

/// The text in one line of that width, cut with an ellipsis where it is longer; for what stands in full elsewhere. It stands on each
/// page, so no more of it is looked at than could have room there.
pub(super) fn cut(weight: Weight, text: &str, width: f32) -> Line {
    let clean: String = cleaned(text).chars().take(LONGEST).collect();
    let mut lines = Text::new(weight, &clean).broken(width - 1.0).into_iter();
    match (lines.next(), lines.next()) {
        (Some(first), Some(_)) => line(weight, &format!("{}\u{2026}", clean[first].trim_end())),
        _ => line(weight, &clean),
    }
}

/// A paragraph, with the direction of each of its letters.
struct Text<'a> {
    weight: Weight,
    typed: &'a str,
    bidi: BidiInfo<'a>,
}

impl<'a> Text<'a> {
    fn new(weight: Weight, typed: &'a str) -> Self {
        Self { weight, typed, bidi: BidiInfo::new(typed, None) }
    }

    /// Where its lines begin and end.
    fn broken(&self, most: f32) -> Vec<Range<usize>> {
        let (mut lines, mut start, mut width, mut from) = (Vec::new(), 0, 0.0, 0);
        for (to, _) in unicode_linebreak::linebreaks(self.typed) {
            let word = &self.typed[from..to];
            let letters = word.trim_end();
            let bare = self.measured(letters);
            if from > start && width + bare > most {
                lines.push(start..from);
                (start, width) = (from, 0.0);
            }
            if bare > most {
                for (at, cluster) in word.grapheme_indices(true) {
                    let advance = self.advance(cluster);
                    if from + at > start && width + advance > most {
                        lines.push(start..from + at);
                        (start, width) = (from + at, 0.0);
                    }
                    width += advance;
                }
            } else {
                width += bare + self.advance(&word[letters.len()..]);
            }
            from = to;
        }
        lines.push(start..self.typed.len());
        lines
    }

    /// How wide a word is, as it will be drawn.
    fn measured(&self, word: &str) -> f32 {
        self.runs(word, None).iter().map(|run| run.width).sum()
    }

    /// How wide a character is by itself, whatever its neighbours make of it; or so many spaces.
    fn advance(&self, cluster: &str) -> f32 {
        let replacement = REPLACEMENT.to_string();
        let (typeface, drawn) = match fonts::that_draws(self.weight, cluster) {
            Some(typeface) => (typeface, cluster),
            None => (fonts::main(self.weight), replacement.as_str()),
        };
        let glyphs = drawn.chars().filter_map(|c| typeface.face.glyph_index(c));
        let advances = glyphs.filter_map(|glyph| typeface.face.glyph_hor_advance(glyph));
        advances.map(f32::from).sum::<f32>() / typeface.font.units_per_em()
    }

    /// A line of it, its parts in the order in which they are seen.
    fn line(&self, range: Range<usize>) -> Line {
        let Some(paragraph) = self.bidi.paragraphs.first().filter(|_| !range.is_empty()) else {
            return Line::default();
        };
        let (levels, parts) = self.bidi.visual_runs(paragraph, range);
        let rtl = |part: &Range<usize>| levels.get(part.start).is_some_and(Level::is_rtl);
        let runs: Vec<_> =
            parts.into_iter().flat_map(|part| self.runs(&self.typed[part.clone()], Some(rtl(&part)))).collect();
        Line { width: runs.iter().map(|run| run.width).sum(), runs }
    }

    /// A part of one direction in the fonts that draw it; without a direction, in that of its letters.
    fn runs(&self, part: &str, rtl: Option<bool>) -> Vec<Run> {
        let mut of_one_font: Vec<(Option<&'static Typeface>, String)> = Vec::new();
        for cluster in part.graphemes(true) {
            let drawn: String = cluster.chars().filter(|c| !only_directs(*c)).collect();
            // A space stays in the font of the word before it.
            let before = of_one_font.last().and_then(|(typeface, _)| *typeface).filter(|_| drawn == " ");
            let typeface = before.or_else(|| fonts::that_draws(self.weight, &drawn));
            let same = |of: &Option<&'static Typeface>| match (of, typeface) {
                (Some(one), Some(other)) => std::ptr::eq(*one, other),
                _ => false,
            };
            match of_one_font.last_mut() {
                Some((of, text)) if same(of) => text.push_str(&drawn),
                _ if drawn.is_empty() => {}
                _ => of_one_font.push((typeface, drawn)),
            }
        }
        if rtl == Some(true) {
            of_one_font.reverse();
        }
        let shape = |(typeface, text): (Option<&'static Typeface>, String)| match typeface {
            Some(typeface) => shaped(typeface, text, rtl),
            None => replaced(fonts::main(self.weight), text),
        };
        of_one_font.into_iter().map(shape).collect()
    }
}

/// Letters into glyphs, from left to right as they are seen.
fn shaped(typeface: &Typeface, text: String, rtl: Option<bool>) -> Run {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    if let Some(rtl) = rtl {
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    }
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    let shaped = rustybuzz::shape(&typeface.face, &[], buffer);
    let starts = |info: &rustybuzz::GlyphInfo| usize::try_from(info.cluster).unwrap_or_default();
    let mut clusters: Vec<_> = shaped.glyph_infos().iter().map(starts).collect();
    clusters.sort_unstable();
    let end_of = |start: usize| {
        let next = clusters.partition_point(|cluster| *cluster <= start);
        clusters.get(next).copied().unwrap_or(text.len())
    };
    let em = |units: i32| units as f32 / typeface.font.units_per_em();
    let glyph = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
        let range = starts(info)..end_of(starts(info));
        let [advance, x, y] = [position.x_advance, position.x_offset, position.y_offset].map(em);
        KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, x, y, 0.0, range, None)
    };
    let glyphs: Vec<_> = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect();
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    // What is no character at all was cleaned into the sign before.
    let replaced = text.contains(REPLACEMENT);
    Run { font: typeface.font.clone(), glyphs, width, replaced, text }
}

/// The sign for what cannot be drawn; whoever copies it from the file gets what was typed.
fn replaced(typeface: &Typeface, text: String) -> Run {
    let sign = shaped(typeface, REPLACEMENT.to_string(), Some(false));
    let whole = |glyph: KrillaGlyph| KrillaGlyph { text_range: 0..text.len(), ..glyph };
    let glyphs = sign.glyphs.into_iter().map(whole).collect();
    Run { glyphs, replaced: true, text, ..sign }
}

/// One paragraph of what a file may hold: line ends are spaces, and what is no character is the sign for it.
fn cleaned(typed: &str) -> String {
    let clean = |c: char| match c {
        '\u{feff}' => None,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'.. => Some(REPLACEMENT),
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => Some(REPLACEMENT),
        c => Some(c),
    };
    typed.chars().filter_map(clean).collect()
}

/// Marks that have done their work when the directions are known.
const fn only_directs(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: &Line) -> String {
        line.runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_text_is_broken_where_it_may_be_and_nothing_of_it_is_lost() {
        for typed in
            ["Store Manager for PrestaShop, Primary license", &"x".repeat(500), "a b", "שלום עולם", "北京市海淀区"]
        {
            let broken = lines(Weight::Normal, typed, 8.0);
            assert!(broken.iter().all(|line| line.width <= 8.5), "{typed}");
            let text: String = broken.iter().flat_map(|line| &line.runs).map(|run| run.text.as_str()).collect();
            let sorted = |text: &str| {
                let mut letters: Vec<_> = text.chars().collect();
                letters.sort_unstable();
                letters
            };
            assert_eq!(sorted(&text), sorted(typed));
        }
        assert_eq!(lines(Weight::Normal, "", 8.0).len(), 1);
    }

    #[test]
    fn x3_right_to_left_names_stand_in_their_order_beside_figures() {
        let mixed = line(Weight::Normal, "ACME \u{202e}שלום\u{202c} 12");
        assert_eq!(mixed.runs.len(), 3, "{}", drawn(&mixed));
        assert!(mixed.runs.iter().all(|run| !run.replaced));
        let arabic = line(Weight::Bold, "مرحبا 12");
        assert_eq!(arabic.runs.first().map(|run| run.text.trim()), Some("12"), "{}", drawn(&arabic));
    }

    #[test]
    fn x3_what_cannot_be_drawn_is_one_sign_for_each_character_and_keeps_its_text() {
        let family = line(Weight::Normal, "a👩‍👩‍👧‍👦b\u{0}");
        assert_eq!(drawn(&family), "a|👩‍👩‍👧‍👦|b\u{fffd}");
        assert_eq!(family.runs.iter().map(|run| run.replaced).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(family.runs[1].glyphs.len(), 1);
    }

    #[test]
    fn figures_are_all_as_wide_and_a_long_name_is_cut_with_an_ellipsis() {
        let width = |text| line(Weight::Normal, text).width;
        assert!((width("1111.11") - width("8080.80")).abs() < 0.001);
        let short = cut(Weight::Normal, &"ACME ".repeat(99), 10.0);
        assert!(short.width <= 10.0 && drawn(&short).ends_with('\u{2026}'), "{}", drawn(&short));
        assert_eq!(drawn(&cut(Weight::Normal, "ACME", 10.0)), "ACME");
    }
}
