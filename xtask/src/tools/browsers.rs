//! The browsers and their drivers: what is installed is used before anything is installed.

use super::{cargo, debian, find};
use crate::step::Done;
use std::path::{Path, PathBuf};

const CHROMIUM: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "brave-browser",
    "microsoft-edge",
];
const FIREFOX: [&str; 3] = ["firefox", "firefox-esr", "firefox-developer-edition"];

/// A Chromium-family browser.
pub fn chromium() -> Done<PathBuf> {
    let mac = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    get(&CHROMIUM, &mac, &["chromium", "chromium-driver"], "Chromium")
}

/// Firefox.
pub fn firefox() -> Done<PathBuf> {
    get(&FIREFOX, &["/Applications/Firefox.app/Contents/MacOS/firefox"], &["firefox-esr"], "Firefox")
}

/// The driver of the Chromium that is installed.
pub fn chromedriver() -> Done<PathBuf> {
    get(&["chromedriver"], &[], &["chromium-driver"], "ChromeDriver, of the same version as Chromium,")
}

/// The driver of Firefox.
pub fn geckodriver() -> Done<PathBuf> {
    match find(&["geckodriver"]) {
        Some(program) => Ok(program),
        None => Ok(cargo::geckodriver().folder()?.join("geckodriver")),
    }
}

fn get(names: &[&str], places: &[&str], packages: &[&str], what: &str) -> Done<PathBuf> {
    let installed = || {
        let elsewhere = places.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_owned);
        find(names).or(elsewhere)
    };
    if let Some(program) = installed() {
        return Ok(program);
    }
    debian::install(packages, what, "1 min")?;
    installed().ok_or_else(|| format!("{what} was installed but is not on the PATH"))
}
