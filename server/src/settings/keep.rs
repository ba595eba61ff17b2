//! For how long is kept what is over.

use std::time::Duration;

use clap::Args;
use service::cleanup::Keep;

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The settings as they were given, each at least a day.
#[derive(Args, Clone)]
pub struct KeepFlags {
    /// How many days ended sessions are kept, with their network address
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_SESSIONS_DAYS", default_value_t = Keep::default().sessions, value_parser = days())]
    pub keep_sessions_days: u32,
    /// How many days links of mails are kept after they expired
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_LINKS_DAYS", default_value_t = Keep::default().links, value_parser = days())]
    pub keep_links_days: u32,
    /// How many days the keys of forms are kept, by which a form that is sent twice is done once; at least 8, for a draft with its key
    /// is kept for 7
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_FORM_KEYS_DAYS", default_value_t = Keep::default().form_keys, value_parser = longer_than_drafts())]
    pub keep_form_keys_days: u32,
    /// How many days the texts of mails are kept without a mail server, in the outbox and as files; also of those that failed for good
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_MAIL_TEXTS_DAYS", default_value_t = Keep::default().mail_texts, value_parser = days())]
    pub keep_mail_texts_days: u32,
    /// How many files of mails are kept at most
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_MAIL_FILES", default_value_t = 10_000)]
    pub keep_mail_files: u32,
    /// How many days it is kept to whom mails were sent or could not be, and about what
    #[arg(long, global = true, env = "KEYHOUSE_KEEP_MAILS_DAYS", default_value_t = Keep::default().mails, value_parser = days())]
    pub keep_mails_days: u32,
}

/// How many days somebody may ask for.
fn days() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=36_500)
}

/// The same of what has to outlive drafts and returned forms.
fn longer_than_drafts() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(8..=36_500)
}

impl KeepFlags {
    /// What the deeds need to know of it.
    pub const fn for_service(&self) -> Keep {
        Keep {
            sessions: self.keep_sessions_days,
            links: self.keep_links_days,
            form_keys: self.keep_form_keys_days,
            mail_texts: self.keep_mail_texts_days,
            mails: self.keep_mails_days,
        }
    }

    /// How old a file of a mail may become.
    pub fn mail_files_age(&self) -> Duration {
        DAY * self.keep_mail_texts_days
    }
}
