//! A bar for work that takes long: on a terminal, and nowhere else.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A sign that work goes on of which nobody knows how much there is.
pub fn sign(what: &str) -> ProgressBar {
    styled(ProgressBar::new_spinner(), what, "{spinner} {msg}, {elapsed}")
}

/// A bar over so many bytes; without a length, how many went by.
pub fn bar(what: &str, length: Option<u64>) -> ProgressBar {
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::new_spinner(),
    };
    let template = match length {
        Some(_) => "{msg} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
        None => "{spinner} {msg} {bytes}, {elapsed}",
    };
    styled(bar, what, template)
}

fn styled(bar: ProgressBar, what: &str, template: &str) -> ProgressBar {
    // The templates are ours: they are well-formed.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
