//! The name of a page in the browser's tab.

/// What stands in `<title>` for a page of that name, which may be what somebody typed.
///
/// The server writes it into the markup, so there it is escaped: `leptos_meta` 0.9.0-rc1 escapes nothing between `<title>` and
/// `</title>` (`inject_meta_context`). The browser's half hands it to `document.title`, which takes text, so there it stays as
/// it is; and since neither half reads the other's title, they cannot disagree. As soon as `leptos_meta` escapes by itself, the
/// test of the titles in `server/tests/access/typed.rs` finds `&amp;lt;` and says so: then [`as_text`] goes.
pub(crate) fn of_page(name: String) -> String {
    let title = if name.is_empty() { "Keyhouse".to_owned() } else { format!("{name} - Keyhouse") };
    as_text(title)
}

#[cfg(feature = "ssr")]
fn as_text(title: String) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(not(feature = "ssr"))]
fn as_text(title: String) -> String {
    title
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn x3_a_title_is_text_whatever_was_typed() {
        assert_eq!(of_page(String::new()), "Keyhouse");
        assert_eq!(of_page("O'Brien & Sons".to_owned()), "O'Brien &amp; Sons - Keyhouse");
        assert_eq!(of_page("</title><b>&lt;".to_owned()), "&lt;/title&gt;&lt;b&gt;&amp;lt; - Keyhouse");
    }
}
