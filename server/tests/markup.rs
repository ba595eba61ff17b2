//! What a page offers, read from its text as the server writes it: attributes in double quotes, escaped.

/// A form that posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    /// The fields that nobody types.
    pub hidden: Vec<(String, String)>,
}

impl Form {
    /// To tell it from others: each has a key of its own.
    pub fn without_key(&self) -> Self {
        let hidden = self.hidden.iter().filter(|(name, _)| name != domain::FormKey::FIELD).cloned();
        Self { action: self.action.clone(), hidden: hidden.collect() }
    }
}

/// The addresses of this house that a page leads to, each once: its links, and the forms that only ask.
pub fn links_of(page: &str) -> Vec<String> {
    let asks = |tag: &&str| attribute(tag, "method").is_none_or(|method| method != "post");
    let links = tags(page, "a").filter_map(|tag| attribute(tag, "href"));
    let searches = tags(page, "form").filter(asks).filter_map(|tag| attribute(tag, "action"));
    let ours = links.chain(searches).filter(|to| to.starts_with('/') && !to.starts_with("//"));
    let mut links: Vec<_> = ours.map(|to| to.split('#').next().unwrap_or_default().to_owned()).collect();
    links.sort();
    links.dedup();
    links
}

/// The forms of a page that post.
pub fn forms_of(page: &str) -> Vec<Form> {
    let form = |part: &str| {
        let (tag, rest) = part.split_once('>')?;
        let action = attribute(tag, "action").filter(|_| attribute(tag, "method").is_some_and(|how| how == "post"))?;
        let fields = rest.split("</form>").next().unwrap_or_default();
        let hidden = tags(fields, "input").filter(|tag| attribute(tag, "type").is_some_and(|kind| kind == "hidden"));
        let field = |tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()));
        Some(Form { action, hidden: hidden.filter_map(field).collect() })
    };
    page.split("<form ").skip(1).filter_map(form).collect()
}

/// The attributes of all tags of that name.
fn tags<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{name} ");
    let starts: Vec<_> = page.match_indices(&open).map(|(at, open)| at + open.len() - 1).collect();
    starts.into_iter().map(|at| page[at..].split('>').next().unwrap_or_default())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = format!(" {}", tag.split_whitespace().collect::<Vec<_>>().join(" "));
    tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()).map(read)
}

/// The titles in the head of a page, as they stand in its markup: there has to be one. A chart in its body has others.
pub fn titles_of(page: &str) -> Vec<&str> {
    let head = page.split("</head>").next().unwrap_or_default();
    head.split("<title>").skip(1).map(|rest| rest.split("</title>").next().unwrap_or_default()).collect()
}

/// Text of a page as its reader sees it.
pub fn read(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'").replace("&amp;", "&")
}
