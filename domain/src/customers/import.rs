//! Many customers at once from a table: read, checked line by line, and then all or none (A10).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{NewCustomer, NewCustomerForm};
use crate::{DraftId, FieldErrors, contacts::NewPassword, csv, words::words};

words! {
    /// A column of the table: a field of the wizard.
    Column {
        /// May be left out: then it is the e-mail address.
        Username = "username", "Username";
        /// Required.
        Email = "email", "E-mail address";
        /// Required.
        FirstName = "first_name", "First name";
        /// Required.
        LastName = "last_name", "Last name";
        /// Optional.
        Company = "company", "Company";
        /// Optional.
        Phone = "phone", "Phone";
    }
}

/// How many customers one table may have.
pub const LINES_MOST: usize = 5_000;
/// How large it may be, in bytes.
pub const BYTES_MOST: usize = 2 * 1024 * 1024;
/// What stands at a username that somebody has, without telling whose it is (A10).
pub const USERNAME_TAKEN: &str = "This username is taken. Choose another one.";
/// What stands at an address by which somebody else signs in (A10).
pub const EMAIL_TAKEN: &str = "Somebody else signs in with this address. Use another one.";
/// What stands at a name of a customer that is there already.
pub const OWN_ALREADY: &str =
    "You have a customer or a user who signs in with this already. Take the line out, or choose another username.";

/// One line of the table: the wizard, filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Where it stands.
    pub line: usize,
    /// Its cells.
    pub form: NewCustomerForm,
    /// How many cells it has beyond the header.
    #[serde(default)]
    pub surplus: usize,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// In which line.
    pub line: usize,
    /// In which column; none when it is the whole line.
    pub column: Option<Column>,
    /// What to do.
    pub message: String,
}

/// The dry run, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The draft, whose id is the key of the import.
    pub draft: DraftId,
    /// How many customers the table has.
    pub lines: usize,
    /// How many of them have no finding.
    pub fine: usize,
    /// What is wrong, first line first; not more than a page can show.
    pub findings: Vec<Finding>,
    /// How many more findings there are.
    pub more: usize,
    /// How many customers it makes, once it was accepted.
    pub made: Option<usize>,
    /// How many of those are still to be made.
    pub left: usize,
}

/// Reads a table: a header with the names of the columns in any order, and a line for each customer.
///
/// # Errors
/// A message at `file` when it is no table, or none of ours.
pub fn read(bytes: &[u8]) -> Result<Vec<ImportLine>, FieldErrors> {
    table(bytes).map_err(|problem| FieldErrors::at("file", problem))
}

fn table(bytes: &[u8]) -> Result<Vec<ImportLine>, String> {
    let mut lines = csv::lines(csv::decoded(bytes)?);
    let header = lines.next().transpose()?.ok_or("This table is empty. Choose a file, or paste its lines.")?;
    let columns = columns(&header.cells)?;
    let mut read = Vec::new();
    for line in lines {
        if read.len() == LINES_MOST {
            return Err(
                "This table has more than 5,000 customers. Split it, and import one part after the other.".into()
            );
        }
        read.push(customer(line?, &columns));
    }
    if read.is_empty() { Err("There is no customer below the header.".to_owned()) } else { Ok(read) }
}

fn columns(header: &[String]) -> Result<Vec<Column>, String> {
    let folded =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let mut columns = Vec::new();
    for name in header {
        let known = Column::ALL.iter().copied().find(|column| folded(column.label()) == folded(name));
        let Some(column) = known else {
            let all: Vec<_> = Column::ALL.iter().map(|column| column.label()).collect();
            return Err(format!(
                "The column \"{}\" is not known. The first line has to name the columns: {}.",
                name.trim().chars().take(60).collect::<String>(),
                all.join(", ")
            ));
        };
        if columns.contains(&column) {
            return Err(format!("The column \"{}\" is there twice.", column.label()));
        }
        columns.push(column);
    }
    match [Column::Email, Column::FirstName, Column::LastName].iter().find(|column| !columns.contains(column)) {
        Some(missing) => Err(format!("The column \"{}\" is missing in the first line.", missing.label())),
        None => Ok(columns),
    }
}

fn customer(line: csv::Line, columns: &[Column]) -> ImportLine {
    let surplus = line.cells.iter().skip(columns.len()).filter(|cell| !cell.trim().is_empty()).count();
    let mut form = NewCustomerForm { send_link: "on".to_owned(), ..NewCustomerForm::default() };
    for (column, cell) in columns.iter().zip(line.cells) {
        let field = match column {
            Column::Username => &mut form.username,
            Column::Email => &mut form.email,
            Column::FirstName => &mut form.first_name,
            Column::LastName => &mut form.last_name,
            Column::Company => &mut form.company,
            Column::Phone => &mut form.phone,
        };
        *field = as_text(cell);
    }
    ImportLine { line: line.number, form, surplus }
}

/// Without the apostrophe by which a table says that `+49 30` is text and no formula.
fn as_text(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) => {
            rest.to_owned()
        }
        _ => cell,
    }
}

impl ImportLine {
    /// The name to sign in with, as it is compared.
    pub fn username_folded(&self) -> String {
        let name = if self.form.username.trim().is_empty() { &self.form.email } else { &self.form.username };
        name.trim().to_lowercase()
    }

    /// The customer, by the rules of the wizard.
    ///
    /// # Errors
    /// A message for each wrong cell.
    pub fn check(&self) -> Result<NewCustomer, FieldErrors> {
        self.form.check(&NewPassword::default())
    }

    /// The address, as it is compared.
    pub fn email_folded(&self) -> String {
        self.form.email.trim().to_lowercase()
    }

    /// The column in which the name to sign in with stands.
    pub fn name_column(&self) -> Column {
        if self.form.username.trim().is_empty() { Column::Email } else { Column::Username }
    }
}

/// All that is wrong with a table, first line first. `taken` says what is wrong with the names of a line: that somebody signs in by
/// one of them.
pub fn findings(lines: &[ImportLine], mut taken: impl FnMut(&ImportLine) -> Option<(Column, String)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut names = Names::default();
    for line in lines {
        let mut add = |column, message: String| findings.push(Finding { line: line.line, column, message });
        if line.surplus > 0 {
            add(
                None,
                "This line has more cells than the header. Put a cell with a separator in it into quotation marks."
                    .to_owned(),
            );
        }
        let errors = line.check().err().unwrap_or_default();
        for error in errors.iter() {
            add(Column::from_word(&error.field), error.message.clone());
        }
        let name = line.username_folded();
        if name.is_empty() || errors.get(line.name_column().word()).is_some() {
            continue;
        }
        match taken(line).or_else(|| names.clash(line, &name)) {
            Some((column, message)) => add(Some(column), message),
            None => names.add(line, name),
        }
    }
    findings
}

/// The names of the lines before, each with the first line that has it.
#[derive(Default)]
struct Names {
    usernames: HashMap<String, usize>,
    addresses: HashMap<String, usize>,
}

impl Names {
    /// No line signs in by the username of another one, nor by its address.
    fn clash(&self, line: &ImportLine, name: &str) -> Option<(Column, String)> {
        if let Some(earlier) = self.usernames.get(name) {
            return Some((line.name_column(), format!("Line {earlier} has this username already.")));
        }
        if let Some(earlier) = self.addresses.get(name) {
            return Some((line.name_column(), format!("Line {earlier} has this as its e-mail address.")));
        }
        let earlier = self.usernames.get(&line.email_folded())?;
        Some((Column::Email, format!("Line {earlier} has this address as its username.")))
    }

    fn add(&mut self, line: &ImportLine, name: String) {
        self.usernames.insert(name, line.line);
        self.addresses.entry(line.email_folded()).or_insert(line.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        read(text.as_bytes()).expect_err("no table").get("file").expect("at the file").to_owned()
    }

    #[test]
    fn a10_a_table_is_the_wizard_filled_in_once_a_line() {
        let text = "\u{feff}Last name;Phone;first_name;E-MAIL ADDRESS;Company\n\nBerg;'+49 30 1;Anna;anna@northwind.example;\"Northwind; Ltd\"\n";
        let form = NewCustomerForm {
            email: "anna@northwind.example".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Berg".to_owned(),
            company: "Northwind; Ltd".to_owned(),
            phone: "+49 30 1".to_owned(),
            send_link: "on".to_owned(),
            ..NewCustomerForm::default()
        };
        let lines = read(text.as_bytes()).expect("a table");
        assert_eq!(lines, [ImportLine { line: 3, form, surplus: 0 }]);
        assert_eq!(findings(&lines, |_| None), []);
    }

    #[test]
    fn x3_what_is_no_table_of_customers_says_why() {
        let header = "E-mail address,First name,Last name";
        assert!(problem("Mail,First name").starts_with("The column \"Mail\" is not known. The first line has to name"));
        assert_eq!(problem("E-mail address,First name"), "The column \"Last name\" is missing in the first line.");
        assert_eq!(problem(&format!("{header},last NAME")), "The column \"Last name\" is there twice.");
        assert_eq!(problem(header), "There is no customer below the header.");
        assert_eq!(problem(" \n"), "This table is empty. Choose a file, or paste its lines.");
        let line = "\na@b.example,A,B";
        assert!(problem(&format!("{header}{}", line.repeat(LINES_MOST + 1))).contains("more than 5,000"));
        assert_eq!(
            read(format!("{header}{}", line.repeat(LINES_MOST)).as_bytes()).map(|lines| lines.len()),
            Ok(LINES_MOST)
        );
    }

    #[test]
    fn a10_each_wrong_cell_has_its_line_its_column_and_its_message() {
        let text = "Username,E-mail address,First name,Last name\n\
            anna,anna@northwind.example,Anna,Berg\n\
            ANNA,other@northwind.example,,Berg\n\
            ,lee@contoso.example,Lee,Park\n\
            ,Lee@Contoso.example,Lee,Park,Ltd\n\
            ,nobody,No,Body\n\
            taken,t@x.example,T,X\n\
            anna@northwind.example,a@x.example,An,X\n\
            yan,zoe@y.example,Y,X\n\
            zoe@y.example,z@x.example,Z,X\n\
            kim@y.example,k@x.example,K,X\n\
            lou,KIM@y.example,L,X\n";
        let lines = read(text.as_bytes()).expect("a table");
        let found = findings(&lines, |line| {
            (line.username_folded() == "taken").then(|| (line.name_column(), USERNAME_TAKEN.to_owned()))
        });
        let found: Vec<_> = found
            .iter()
            .map(|f| format!("{} {}: {}", f.line, f.column.map_or("line", Column::label), f.message))
            .collect();
        assert_eq!(
            found,
            [
                "3 First name: Enter the first name.",
                "3 Username: Line 2 has this username already.",
                "5 line: This line has more cells than the header. Put a cell with a separator in it into quotation marks.",
                "5 E-mail address: Line 4 has this username already.",
                "6 E-mail address: Enter an e-mail address like anna@company.com.",
                "7 Username: This username is taken. Choose another one.",
                "8 Username: Line 2 has this as its e-mail address.",
                "10 Username: Line 9 has this as its e-mail address.",
                "12 E-mail address: Line 11 has this address as its username.",
            ]
        );
    }
}
