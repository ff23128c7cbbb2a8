//! Debian's packages, installed where this is Debian (or a relative) and the user is root.

use super::find;
use crate::step::{Done, output, quietly};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether packages can be installed without asking.
pub fn can_install() -> bool {
    find(&["apt-get"]).is_some() && output("id", &["-u"]).as_deref() == Some("0")
}

/// Whether a package is installed.
pub fn has(package: &str) -> bool {
    output("dpkg-query", &["-W", "-f=${db:Status-Abbrev}", package])
        .is_some_and(|status| status.starts_with("ii"))
}

/// Installs those of the packages that are missing, or says how the person can do it.
pub fn install(packages: &[&str], what_for: &str, expected: &str) -> Done {
    static UPDATED: AtomicBool = AtomicBool::new(false);
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !has(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        return Err(format!(
            "{what_for} is missing and cannot be installed from here.\n\
             On Debian or Ubuntu: sudo apt-get install {}\n\
             Elsewhere: install it from your system's packages, so that it is on the PATH.",
            missing.join(" ")
        ));
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
        command
    };
    if !UPDATED.swap(true, Ordering::Relaxed) {
        quietly("reading Debian's package lists", "10 s", apt().arg("update"))?;
    }
    quietly(
        &format!("installing {what_for} ({})", missing.join(", ")),
        expected,
        apt().args(["install", "-y", "--no-install-recommends"]).args(&missing),
    )
    .map(drop)
}
