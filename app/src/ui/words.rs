//! Numbers in words.

/// `1 license`, `3 licenses`, `1,204 licenses`.
pub fn count_of(count: impl TryInto<i64>, one: &str, many: &str) -> String {
    let count = count.try_into().unwrap_or(i64::MAX);
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(count)) }
}

/// `1,204`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// `Primary license, trial`; what the name says already is not said again.
pub fn name_and(name: &str, more: &str) -> String {
    let more = more.to_lowercase();
    if name.to_lowercase().contains(&more) { name.to_owned() } else { format!("{name}, {more}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_says_is_not_said_again() {
        assert_eq!(name_and("Primary license", "Trial"), "Primary license, trial");
        assert_eq!(name_and("Yearly subscription", "Subscription"), "Yearly subscription");
    }

    #[test]
    fn numbers_are_read_in_groups_of_three() {
        let numbers = [0, 7, 999, 1_000, 1_204, 100_000, 1_000_000, -1_500];
        assert_eq!(
            numbers.map(thousands),
            ["0", "7", "999", "1,000", "1,204", "100,000", "1,000,000", "-1,500"].map(str::to_owned)
        );
        assert_eq!(count_of(1, "license", "licenses"), "1 license");
        assert_eq!(count_of(0_usize, "license", "licenses"), "0 licenses");
    }
}
