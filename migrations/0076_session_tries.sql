-- Who is signed in is asked once more for the password, and for a code of the second factor, before something that matters. The
-- tries that were wrong in a row are counted with the session, so that neither a stranger at the sign-in uses up the tries of its
-- holder nor a stolen session guesses for long: store/src/sessions.rs.
alter table sessions add column wrong_tries bigint not null default 0;
