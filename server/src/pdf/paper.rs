//! Pages, what is drawn on them, and the order in which it is read out: held until it is whole, then written.

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagKind, TagTree},
};

use super::{PdfError, text::Line};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.276, 841.89);
/// Where text begins and ends, from left to right.
pub(super) const LEFT: f32 = 56.7;
pub(super) const RIGHT: f32 = PAGE.0 - LEFT;
/// Where it begins on a further page, and where it ends on each.
const TOP: f32 = 84.0;
const BOTTOM: f32 = PAGE.1 - 76.0;

/// What is read, what explains it, and the lines between.
#[derive(Debug, Clone, Copy)]
pub(super) enum Color {
    Ink,
    Second,
    Line,
    Sunk,
}

/// Something that was drawn.
struct Mark {
    what: Shape,
    color: Color,
    /// What it belongs to; none is decoration.
    place: Option<Place>,
}

enum Shape {
    Text { line: Line, size: f32, x: f32, y: f32 },
    Box { x: f32, y: f32, width: f32, height: f32 },
}

/// A thing of the document as it is read out: a paragraph, a table, a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

struct Node {
    tag: TagKind,
    parts: Vec<Place>,
    drawn: Vec<Identifier>,
}

/// The pages so far. What is drawn goes down the last one; `y` is where its next line begins.
pub(super) struct Paper {
    pages: Vec<Vec<Mark>>,
    nodes: Vec<Node>,
    top: Vec<Place>,
    pub y: f32,
    /// Something could not be drawn.
    pub replaced: bool,
}

/// What the file says of itself.
pub(super) struct About {
    pub title: String,
    pub author: String,
    pub day: chrono::NaiveDate,
}

impl Paper {
    pub fn new(y: f32) -> Self {
        Self { pages: vec![Vec::new()], nodes: Vec::new(), top: Vec::new(), y, replaced: false }
    }

    /// A further part of something, or of the document.
    pub fn part(&mut self, of: Option<Place>, tag: impl Into<TagKind>) -> Place {
        let place = Place(self.nodes.len());
        self.nodes.push(Node { tag: tag.into(), parts: Vec::new(), drawn: Vec::new() });
        match of {
            Some(of) => self.nodes[of.0].parts.push(place),
            None => self.top.push(place),
        }
        place
    }

    /// Whether so much fits on this page.
    pub fn has_room(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// How many pages there are.
    pub const fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Begins another page.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Draws a line of text with its foot at `y`.
    pub fn text(&mut self, line: Line, size: f32, (x, y): (f32, f32), color: Color, place: Option<Place>) {
        self.replaced |= line.runs.iter().any(|run| run.replaced);
        self.draw(Mark { what: Shape::Text { line, size, x, y }, color, place });
    }

    /// Draws a box, or a line that is a thin one; decoration.
    pub fn fill(&mut self, (x, y): (f32, f32), width: f32, height: f32, color: Color) {
        self.draw(Mark { what: Shape::Box { x, y, width, height }, color, place: None });
    }

    fn draw(&mut self, mark: Mark) {
        // There is always a page: the first one is made with the paper.
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// The file. `margins` draws what stands at the edges of each page, of so many.
    pub fn write(mut self, about: &About, margins: impl Fn(&mut Self, usize, usize)) -> Result<Vec<u8>, PdfError> {
        let pages = std::mem::take(&mut self.pages);
        let (of, mut drawn) = (pages.len(), Vec::new());
        for (number, page) in pages.into_iter().enumerate() {
            self.pages = vec![Vec::new()];
            margins(&mut self, number + 1, of);
            drawn.push((page, self.pages.pop().unwrap_or_default()));
        }
        let mut document = Document::new_with(settings()?);
        document.set_metadata(about.metadata());
        for (page, edges) in drawn {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| PdfError::File("A4".to_owned()))?;
            let mut sheet = document.start_page_with(settings);
            let mut surface = sheet.surface();
            for mark in page {
                self.put(&mut surface, mark, ArtifactType::Layout);
            }
            for mark in edges {
                self.put(&mut surface, mark, ArtifactType::PaginationOther);
            }
            surface.finish();
            sheet.finish();
        }
        let mut outline = Outline::new();
        outline.push_child(OutlineNode::new(about.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
        document.set_outline(outline);
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for place in std::mem::take(&mut self.top) {
            tree.push(self.group(place));
        }
        document.set_tag_tree(tree);
        document.finish().map_err(|error| PdfError::File(format!("{error:?}")))
    }

    /// Draws one thing, and notes to what it belongs.
    fn put(&mut self, surface: &mut Surface<'_>, mark: Mark, decoration: ArtifactType) {
        let tag = match mark.place {
            Some(_) => ContentTag::Span(SpanTag::empty()),
            None => ContentTag::Artifact(Artifact::with_kind(decoration)),
        };
        let identifier = surface.start_tagged(tag);
        surface.set_fill(Some(Fill { paint: mark.color.rgb().into(), ..Fill::default() }));
        match mark.what {
            Shape::Text { line, size, mut x, y } => {
                for run in line.runs {
                    surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, run.font, &run.text, size, false);
                    x += run.width * size;
                }
            }
            Shape::Box { x, y, width, height } => {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
        surface.end_tagged();
        if let Some(place) = mark.place {
            self.nodes[place.0].drawn.push(identifier);
        }
    }

    /// A thing with all its parts.
    fn group(&mut self, place: Place) -> TagGroup {
        let Node { tag, parts, drawn } = &mut self.nodes[place.0];
        let (mut group, parts) = (TagGroup::new(tag.clone()), std::mem::take(parts));
        for identifier in std::mem::take(drawn) {
            group.push(identifier);
        }
        for part in parts {
            group.push(self.group(part));
        }
        group
    }
}

impl Color {
    fn rgb(self) -> rgb::Color {
        match self {
            Self::Ink => rgb::Color::new(24, 28, 40),
            Self::Second => rgb::Color::new(92, 98, 114),
            Self::Line => rgb::Color::new(208, 212, 222),
            Self::Sunk => rgb::Color::new(244, 245, 249),
        }
    }
}

impl About {
    fn metadata(&self) -> Metadata {
        use chrono::Datelike as _;
        let part = |number: u32| u8::try_from(number).unwrap_or(1);
        let date = DateTime::new(u16::try_from(self.day.year()).unwrap_or_default())
            .month(part(self.day.month()))
            .day(part(self.day.day()))
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0)
            .utc_offset_minute(0);
        let metadata = Metadata::new().title(self.title.clone()).language("en".to_owned());
        metadata.authors(vec![self.author.clone()]).creator("Keyhouse".to_owned()).creation_date(date)
    }
}

/// For keeping (PDF/A-2a), and for reading out (PDF/UA-1).
fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::File(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}
