//! A small chart of months, which is a table first: whoever does not see it reads the same figures.

use leptos::prelude::*;

/// A month, or whatever a column stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// `Nov 2026`.
    pub name: String,
    /// How high it is; nothing or less has no bar.
    pub value: i64,
    /// The figure in words: `€ 3,412.50`.
    pub shown: String,
}

/// One thing that is measured, a bar for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is.
    pub name: &'static str,
    /// The bars, first to last; as many, and named alike, in each series of a chart.
    pub bars: Vec<Bar>,
}

/// Series above each other, each with a height of its own, and the table of their figures.
#[component]
pub fn Chart(
    /// What the figures are of, for example *Spend and licenses per month*.
    name: &'static str,
    /// What the columns are, for example *Month*.
    column: &'static str,
    /// What is measured.
    series: Vec<Series>,
) -> impl IntoView {
    let names: Vec<_> = series.first().iter().flat_map(|first| &first.bars).map(|bar| bar.name.clone()).collect();
    let ends = [names.first(), names.last()].map(|name| name.cloned().unwrap_or_default());
    let rows = names.into_iter().enumerate().map(|(at, name)| {
        let figures = series.iter().filter_map(|series| series.bars.get(at).map(|bar| bar.shown.clone()));
        let figures = figures.map(|shown| view! { <td class="num">{shown}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {figures}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heads = series.iter().map(|series| view! { <th scope="col" class="num">{series.name}</th> }).collect_view();
    let [first, last] = ends;
    view! {
        <figure class="chart">
            <figcaption>{name}</figcaption>
            <div class="plots" aria-hidden="true">
                {series.iter().map(|series| view! { <Plot series=series.clone() /> }).collect_view()}
                <p class="ends">
                    <span>{first}</span>
                    <span>{last}</span>
                </p>
            </div>
            <details>
                <summary>"The figures"</summary>
                <table>
                    <caption class="visually-hidden">{name}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{column}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
}

/// The bars of one series, with its name and its highest figure. It stretches; no text stands in it.
#[component]
fn Plot(series: Series) -> impl IntoView {
    let (boxes, highest) = (boxes(&series.bars), highest(&series.bars));
    let bars = series.bars.iter().zip(boxes).map(|(bar, Drawn { x, y, width, height })| {
        let words = format!("{}: {}", bar.name, bar.shown);
        view! {
            <rect x=x y=y width=width height=height>
                <title>{words}</title>
            </rect>
        }
    });
    view! {
        <p class="measure">
            <span>{series.name}</span>
            <span class="num">{highest}</span>
        </p>
        <svg viewBox=format!("0 0 {} {HEIGHT}", (series.bars.len() * STEP).saturating_sub(STEP - WIDTH)) preserveAspectRatio="none" focusable="false">
            {bars.collect_view()}
        </svg>
    }
}

/// The height of a plot, and how far its columns stand apart.
const HEIGHT: usize = 100;
const STEP: usize = 10;
/// The width of a bar; what is left of a step is the gap.
const WIDTH: usize = 7;

/// A bar as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Drawn {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// The highest one is as high as the plot. Something is never drawn as nothing, and nothing never as something.
fn boxes(bars: &[Bar]) -> Vec<Drawn> {
    let most = bars.iter().map(|bar| bar.value).max().filter(|most| *most > 0);
    let height = |value: i64| match most {
        Some(most) if value > 0 => {
            let share = i128::from(value) * i128::try_from(HEIGHT).unwrap_or(1) / i128::from(most);
            usize::try_from(share).unwrap_or(HEIGHT).max(1)
        }
        _ => 0,
    };
    let bars = bars.iter().map(|bar| height(bar.value)).enumerate();
    bars.map(|(at, height)| Drawn { x: at * STEP, y: HEIGHT - height, width: WIDTH, height }).collect()
}

/// The highest figure, in words; empty where there is nothing to see.
fn highest(bars: &[Bar]) -> String {
    let most = bars.iter().max_by_key(|bar| bar.value).filter(|bar| bar.value > 0);
    most.map(|bar| format!("at most {}", bar.shown)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[i64]) -> Vec<Bar> {
        let bar = |value: &i64| Bar { name: format!("Month {value}"), value: *value, shown: format!("€ {value}") };
        values.iter().map(bar).collect()
    }

    #[test]
    fn the_highest_bar_fills_the_plot_and_a_little_is_still_seen() {
        let heights = |values: &[i64]| boxes(&bars(values)).iter().map(|bar| bar.height).collect::<Vec<_>>();
        assert_eq!(heights(&[50, 200, 1, 0, -5]), [25, 100, 1, 0, 0]);
        assert_eq!(heights(&[0, 0]), [0, 0]);
        assert_eq!(heights(&[i64::MAX, 1, i64::MIN]), [100, 1, 0]);
        assert!(heights(&[]).is_empty());
        let second = boxes(&bars(&[1, 2]))[0];
        assert_eq!(second, Drawn { x: 0, y: 50, width: 7, height: 50 });
        assert_eq!((highest(&bars(&[1, 7, 3])).as_str(), highest(&bars(&[0])).as_str()), ("at most € 7", ""));
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_chart_is_a_table_first_and_its_picture_is_decoration() {
        let series =
            || vec![Series { name: "Spend", bars: bars(&[50, 200]) }, Series { name: "Licenses", bars: bars(&[0, 3]) }];
        let page = Owner::new().with(|| view! { <Chart name="Per month" column="Month" series=series() /> }.to_html());
        let bare: String = page.replace("<!>", "");
        for said in [
            "<figcaption>Per month</figcaption>",
            "aria-hidden=\"true\"",
            "<th scope=\"col\">Month</th>",
            "<th scope=\"row\">Month 50</th><td class=\"num\">€ 50</td><td class=\"num\">€ 0</td>",
            "<title>Month 200: € 200</title>",
        ] {
            assert!(bare.contains(said), "{said} is missing in {bare}");
        }
        assert!(!page.contains("style=") && !page.contains("<script"));
        let empty = Owner::new().with(|| view! { <Chart name="Per month" column="Month" series=vec![] /> }.to_html());
        assert!(empty.contains("<tbody>"));
    }
}
