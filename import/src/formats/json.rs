//! JSON as importers need it: places in the text, missing fields as empty texts.

use crate::fault::Fault;
use crate::input::Input;
use serde_json::Value;

/// The text at a key; nothing where there is none.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The day of a point in time in seconds since 1970, as text or as a number (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
pub(super) fn day_of_seconds(value: Option<&Value>) -> String {
    let seconds = match value {
        Some(Value::String(text)) => text.parse::<i64>().ok(),
        Some(number) => number.as_i64(),
        None => None,
    };
    let Some(days) = seconds.map(|seconds| seconds.div_euclid(86_400) + 719_468) else {
        return String::new();
    };
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + i64::from(month <= 2))
}

/// The numbers of the lines on which parts of a text stand. Parts that come in the order of the text cost one walk through
/// it: there may be hundreds of thousands.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Up to where the lines were counted, and how many there are before.
    at: usize,
    before: u64,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, before: 0 }
    }

    /// The number of the line, from 1, on which a part of the text begins.
    pub fn of(&mut self, part: &str) -> u64 {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if start < self.at {
            (self.at, self.before) = (0, 0);
        }
        let passed = &self.text.as_bytes()[self.at..start];
        self.before += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = start;
        1 + self.before
    }
}

/// Parses a part of a text, with the line of a fault counted from the text's beginning.
pub(super) fn parse<'a, T: serde::Deserialize<'a>>(
    input: &Input,
    text: &str,
    part: &'a str,
) -> Result<T, Fault> {
    serde_json::from_str(part).map_err(|error| {
        let line = Lines::new(text).of(part) + (error.line() as u64).saturating_sub(1);
        input.fault(Some(line), format!("this is not the JSON that was expected: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_days() {
        for (seconds, day) in [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_690_012_799, "2023-07-22")]
        {
            assert_eq!(day_of_seconds(Some(&Value::from(seconds))), day);
            assert_eq!(day_of_seconds(Some(&Value::from(seconds.to_string()))), day);
        }
        assert_eq!(day_of_seconds(None), "");
        assert_eq!(day_of_seconds(Some(&Value::from("soon"))), "");
        // Beyond any calendar, but no panic.
        assert!(
            [i64::MIN, i64::MAX]
                .map(Value::from)
                .iter()
                .all(|extreme| !day_of_seconds(Some(extreme)).is_empty())
        );
    }

    #[test]
    fn days_follow_one_another_as_in_the_calendar() {
        let mut days = -135_140..;
        for year in 1600..2450 {
            let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in (1..).zip(lengths) {
                for day in 1..=length {
                    let seconds = days.next().map(|days: i64| days * 86_400 + days.rem_euclid(86_400));
                    let expected = format!("{year:04}-{month:02}-{day:02}");
                    assert_eq!(day_of_seconds(seconds.map(Value::from).as_ref()), expected);
                }
            }
        }
    }
}
