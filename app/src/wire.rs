//! The name of what is sent between the server and the program in a page (`build.rs`), for whoever has to say or know it.

/// What the program of this release accepts.
pub const ACCEPTS: &str = concat!("application/vnd.keyhouse; wire=", env!("KEYHOUSE_WIRE"));

/// Says at the start of a program, on either side, of which release it is.
pub fn begin() {
    crate::ui::data::accept(ACCEPTS);
}
