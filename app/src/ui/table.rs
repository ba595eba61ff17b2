//! A list as a table, whose rows become cards where there is no room for rows.

use leptos::prelude::*;

/// A column of a list.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// What is read.
    Words(&'static str),
    /// What is compared: numbers, money and times, which stand at the end.
    Number(&'static str),
    /// The time by which the rows are in order, newest first.
    Newest(&'static str),
}

/// The table; its rows are `<tr>`s.
#[component]
pub fn Table(
    /// What it lists: the accessible name.
    name: &'static str,
    /// Its columns.
    columns: &'static [Column],
    /// Each row begins with a box to tick, where it has one.
    #[prop(optional)]
    ticks: bool,
    /// Another page is on its way.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    children: Children,
) -> impl IntoView {
    let head = |column: &Column| match *column {
        Column::Words(name) => view! { <th scope="col">{name}</th> }.into_any(),
        Column::Number(name) => view! { <th scope="col" class="num">{name}</th> }.into_any(),
        Column::Newest(name) => view! { <th scope="col" class="num" aria-sort="descending">{name}</th> }.into_any(),
    };
    view! {
        <div class="list" aria-busy=move || busy.map(|busy| busy.get().to_string())>
            <table>
                <caption class="visually-hidden">{name}</caption>
                <thead>
                    <tr>
                        {ticks.then(|| view! { <th scope="col"><span class="visually-hidden">"Select"</span></th> })}
                        {columns.iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The name of a row, which leads to its page for those who may open it.
#[component]
pub fn RowName(
    /// As somebody typed it.
    name: String,
    /// Its page.
    #[prop(optional_no_strip, into)]
    address: Option<String>,
) -> impl IntoView {
    match address {
        Some(address) => view! { <a class="row" href=address><bdi>{name}</bdi></a> }.into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    }
}
