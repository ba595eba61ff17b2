//! What a file is called when it is taken home.

use http::HeaderValue;

/// `attachment; filename="NAME.EXTENSION"`. Whatever a name is made of, it stays within its quotation marks and leads to no other
/// folder: only letters and digits of ASCII, `-` and `_` pass, and all else is a `-`.
pub(super) fn attached(name: &str, extension: &str) -> HeaderValue {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    HeaderValue::try_from(format!("attachment; filename=\"{name}.{extension}\""))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_the_name_of_a_file_stays_a_name_whatever_it_is_made_of() {
        assert_eq!(attached("audit-2026-11-21", "csv"), "attachment; filename=\"audit-2026-11-21.csv\"");
        assert_eq!(attached("INV-000001", "pdf"), "attachment; filename=\"INV-000001.pdf\"");
        let typed = attached("../a\"; filename=b.exe\r\nX: \u{202e}ü", "csv");
        assert_eq!(typed, "attachment; filename=\"---a---filename-b-exe--X----.csv\"");
    }
}
