//! Wakes the pages that the server has written.
