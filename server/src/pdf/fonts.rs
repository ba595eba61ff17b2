//! The fonts of our files, embedded: Noto Sans with Hebrew and Arabic. What none of them can draw is known before it is.

use std::sync::LazyLock;

use krilla::text::Font;
use rustybuzz::Face;

/// Normal text, or what stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Normal,
    Bold,
}

/// A font, as it is shaped with and as it is embedded.
pub(super) struct Typeface {
    pub face: Face<'static>,
    pub font: Font,
}

/// Drawn where a character cannot be.
pub(super) const REPLACEMENT: char = '\u{fffd}';

static NORMAL: LazyLock<Typeface> = LazyLock::new(|| read(include_bytes!("../../fonts/NotoSans-Regular.ttf")));
static BOLD: LazyLock<Typeface> = LazyLock::new(|| read(include_bytes!("../../fonts/NotoSans-Bold.ttf")));
static HEBREW: LazyLock<Typeface> = LazyLock::new(|| read(include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf")));
static ARABIC: LazyLock<Typeface> = LazyLock::new(|| read(include_bytes!("../../fonts/NotoSansArabic-Regular.ttf")));

fn read(bytes: &'static [u8]) -> Typeface {
    let face = Face::from_slice(bytes, 0).expect("the embedded font is one");
    let font = Font::new(bytes.into(), 0).expect("the embedded font is one");
    Typeface { face, font }
}

/// The font of most text.
pub(super) fn main(weight: Weight) -> &'static Typeface {
    match weight {
        Weight::Normal => &NORMAL,
        Weight::Bold => &BOLD,
    }
}

/// The first font that can draw all of what readers take for one character.
pub(super) fn that_draws(weight: Weight, cluster: &str) -> Option<&'static Typeface> {
    let all = [main(weight), &HEBREW, &ARABIC];
    let draws = |typeface: &&Typeface| cluster.chars().all(|c| is_joiner(c) || typeface.face.glyph_index(c).is_some());
    all.into_iter().find(draws)
}

/// What only joins its neighbours or says how they look, and is not drawn itself.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}
