//! Running other programs: one line that says what is done, how long it took, and what went wrong.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// What every part of this tool returns: nothing, or a sentence on what to do.
pub type Done<T = ()> = Result<T, String>;

/// Runs `command` with its output kept back, shown only if it fails. `expected` tells how long it takes.
pub fn quietly(what: &str, expected: &str, command: &mut Command) -> Done<String> {
    let start = Instant::now();
    let hint = if expected.is_empty() { String::new() } else { format!(" (about {expected})") };
    print!("· {what}{hint} … ");
    let _ = io::stdout().flush();
    let output = wait(what, command)?;
    println!("{}", seconds(start.elapsed()));
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        return Ok(text);
    }
    Err(format!("{what} failed ({}):\n{}", output.status, tail(&text)))
}

/// Runs `command` with its output shown as it comes, and kept in `text`.
pub fn openly(what: &str, command: &mut Command, text: &mut String) -> Done {
    use std::io::{BufRead, BufReader};
    println!("\n== {what}");
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("{what}: cannot start {}: {error}", command.get_program().display()))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|error| format!("{what}: {error}"))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|error| format!("{what}: {error}"))?;
    println!("== {what}: {}", seconds(start.elapsed()));
    if status.success() { Ok(()) } else { Err(format!("{what} failed ({status})")) }
}

/// What a command prints, if it can be run and succeeds.
pub fn output<S: AsRef<OsStr>>(program: S, arguments: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(arguments).stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Says one line.
pub fn say(line: &str) {
    println!("· {line}");
}

/// A file operation's error as a sentence.
pub fn at<T>(path: &Path, result: io::Result<T>) -> Done<T> {
    result.map_err(|error| format!("{}: {error}", path.display()))
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Done {
    at(to, fs::create_dir_all(to))?;
    for entry in at(from, fs::read_dir(from))? {
        let entry = at(from, entry)?;
        let target = to.join(entry.file_name());
        if at(from, entry.file_type())?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            at(&target, fs::copy(entry.path(), &target))?;
        }
    }
    Ok(())
}

/// Waits for a command; on a terminal the seconds count up meanwhile.
fn wait(what: &str, command: &mut Command) -> Done<Output> {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{what}: cannot start {}: {error}", command.get_program().display()))?;
    let (sender, finished) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        if io::stdout().is_terminal() {
            scope.spawn(move || {
                let start = Instant::now();
                while finished.recv_timeout(Duration::from_secs(1)).is_err() {
                    let text = seconds(start.elapsed());
                    print!("{text}{}", "\u{8}".repeat(text.chars().count()));
                    let _ = io::stdout().flush();
                }
            });
        }
        let output = child.wait_with_output().map_err(|error| format!("{what}: {error}"));
        let _ = sender.send(());
        output
    })
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        secs => format!("{} m {} s", secs / 60, secs % 60),
    }
}

/// The last lines of a long output.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}
