//! Making, proving, comparing, updating and asking sets, as a publisher and a user call the tool.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BITCOIN: &str = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
const ETHEREUM: &str = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
const TRON_SPELLING: &str = "TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB";
const CLEAN: &str = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Runs the tool here, with what it reads from its standard input.
    fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = Command::cargo_bin("taintwatch").unwrap();
        let output = command.current_dir(self.0.path()).args(arguments).write_stdin(input).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Compiles rows of address and label.
    fn compile(&self, name: &str, rows: &[(&str, &str)]) -> PathBuf {
        let rows: Vec<String> = rows.iter().map(|(address, label)| format!("{address},{label}\n")).collect();
        self.write(&format!("{name}.csv"), format!("address,label\n{}", rows.concat()));
        let out = format!("{name}.tws");
        let csv = format!("{name}.csv");
        let ran = self.run(&[
            "compile",
            &csv,
            "--out",
            &out,
            "--id",
            "test",
            "--title",
            "A test",
            "--date",
            "2026-01-31",
            "--confidence",
            "authority_data",
            "--source-title",
            "A list",
            "--abuse",
            "service_hack",
        ]);
        assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{}", ran.out);
        self.path(&out)
    }
}

#[test]
fn what_was_compiled_is_asked_beside_the_builtin_set() {
    let folder = Folder::new();
    folder.compile("a", &[(BITCOIN, "a thief")]);
    let ran = folder.run(&["check", "--json", "--set", "a.tws", BITCOIN, TRON_SPELLING, CLEAN]);
    assert_eq!(ran.code, Some(1));
    let outcomes = ran.json();
    assert_eq!(
        (&outcomes[0]["level"], &outcomes[0]["matches"][0]["set"]),
        (&"danger".into(), &"test".into())
    );
    assert_eq!(outcomes[1]["matches"][0]["set"], "builtin");
    let asked: Vec<&str> =
        outcomes[2]["asked"].as_array().unwrap().iter().map(|set| set["id"].as_str().unwrap()).collect();
    assert_eq!((asked, &outcomes[2]["level"]), (vec!["builtin", "test"], &"none".into()));
    let ran = folder.run(&["check", "--json", "--no-builtin", "--set", "a.tws", TRON_SPELLING]);
    assert_eq!((ran.code, &ran.json()[0]["level"]), (Some(0), &"none".into()));
    // What cannot be asked is an error, never a clean answer.
    assert_eq!(folder.run(&["check", "--set", "b.tws", CLEAN]).code, Some(2));
    folder.write("broken.tws", &fs::read(folder.path("a.tws")).unwrap()[..300]);
    let ran = folder.run(&["check", "--set", "broken.tws", CLEAN]);
    assert!(ran.code == Some(2) && ran.err.contains("cut off"), "{}", ran.err);
}

#[test]
fn bad_rows_are_told_and_stop_the_set_unless_it_is_to_go_on() {
    let folder = Folder::new();
    folder.write("a.csv", format!("address,label\n{BITCOIN},a thief\nnonsense,a thief\n{ETHEREUM},\n"));
    let arguments = ["compile", "a.csv", "-o", "a.tws", "--date", "2026-01-31", "--source-title", "A list"];
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("a.csv:3: nonsense:") && ran.err.contains("a.csv:4:"), "{}", ran.err);
    assert!(ran.err.contains("2 faults"), "{}", ran.err);
    assert!(!folder.path("a.tws").exists());
    let ran = folder.run(&[&arguments[..], &["--keep-going"]].concat());
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("1 identity of 1 row, 2 faults"), "{}", ran.out);
    assert!(ran.err.contains("says no confidence"), "{}", ran.err);
    assert!(folder.path("a.tws").exists());
    let ran = folder.run(&["compile", "a.csv", "-o", "b.tws", "--keep-going", "--source-title", "A list"]);
    assert!(ran.code == Some(2) && ran.err.contains("needs a date"), "{}", ran.err);
}

#[test]
fn what_no_row_says_is_asked_for_all_at_once() {
    let folder = Folder::new();
    let asked = |list: &str| {
        folder.write("a.json", list);
        let ran = folder.run(&["compile", "a.json", "--out", "a.tws"]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        ran.err.lines().find(|line| line.contains("(--")).unwrap_or_default().to_owned()
    };
    let told = asked(&format!(r#"["{BITCOIN}"]"#));
    assert!(told.contains("(--source-title, --label, --date)") && told.contains("--column label="), "{told}");
    let told = asked(&format!(r#"[{{"address": "{BITCOIN}", "label": "a thief", "date": "2026-01-31"}}]"#));
    assert!(told.contains("(--source-title)") && told.contains("--column source_title="), "{told}");
    // What is wrong with the address itself is nothing to be said for all.
    assert_eq!(asked(r#"[{"address": "nonsense", "label": "a thief", "source_title": "A list"}]"#), "");
}

#[test]
fn a_folder_of_packs_is_read_without_what_is_beside_them() {
    let folder = Folder::new();
    let header = "title: T\ncreator: me\nsource: https://a.example\nlabel: A thief\nlastmod: 2026-01-31\n";
    folder.write("packs/header.yaml", header);
    folder.write("packs/config.yaml", "baseURI: https://a.example\n");
    folder.write("packs/.git/HEAD", "ref: refs/heads/main\n");
    let pack = format!("header: !include ./header.yaml\ntags:\n- address: {BITCOIN}\n  currency: BTC\n");
    folder.write("packs/2026/a.yaml", &pack);
    folder.write("header.yaml", header);
    folder.write("a.yaml", &pack);
    // Twice, as what was made of a folder may stand in it.
    for (input, out) in [("packs", "packs/a.tws"), ("packs", "packs/a.tws"), ("a.yaml", "a.tws")] {
        let ran = folder.run(&["compile", input, "-o", out]);
        assert!(ran.code == Some(0) && ran.out.contains("1 identity of 1 row"), "{}{}", ran.out, ran.err);
    }
    // Named alone, a pack takes nothing over from the folders around it.
    let ran = folder.run(&["compile", "packs/2026/a.yaml", "-o", "b.tws"]);
    assert!(ran.code == Some(2) && ran.err.contains("nor in the folder that was named"), "{}", ran.err);
    assert_eq!(folder.run(&["check", "--set", "a.tws", BITCOIN]).code, Some(1));
    folder
        .write("feed/manifest.json", "{\"e-1\": {\"info\": \"A theft\", \"Orgc\": {\"name\": \"A CERT\"}}}");
    folder.write("feed/hashes.csv", "d41d8cd98f00b204e9800998ecf8427e,e-1\n");
    let ran = folder.run(&["compile", "feed", "-o", "b.tws"]);
    assert!(ran.code == Some(2) && ran.err.contains("feed: there is nothing"), "{}", ran.err);
    let attribute = format!("{{\"type\": \"btc\", \"value\": \"{BITCOIN}\", \"timestamp\": \"1690012799\"}}");
    folder.write(
        "feed/e-1.json",
        format!("{{\"Event\": {{\"uuid\": \"e-1\", \"info\": \"A theft\", \"Attribute\": [{attribute}]}}}}"),
    );
    let ran = folder.run(&["compile", "feed", "-o", "b.tws"]);
    assert!(ran.code == Some(0) && ran.out.contains("1 identity of 1 row"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_folder_of_data_compiles_to_the_builtin_set() {
    let folder = Folder::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let ran = folder.run(&["compile", data.to_str().unwrap(), "--out", "a.tws"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(fs::read(folder.path("a.tws")).unwrap() == taintwatch_data::BUILTIN);
}

#[test]
fn a_set_is_written_over_a_set_but_over_no_other_file() {
    let folder = Folder::new();
    let list = folder.write("a.csv", format!("address,label\n{BITCOIN},a thief\n"));
    let compile = |out| {
        folder.run(&["compile", "a.csv", "-o", out, "--source-title", "A list", "--date", "2026-01-31"])
    };
    let ran = compile("a.csv");
    assert!(ran.code == Some(2) && ran.err.contains("a.csv: there is a file of another kind"), "{}", ran.err);
    assert!(fs::read_to_string(list).unwrap().starts_with("address,label"));
    assert_eq!([compile("a.tws").code, compile("a.tws").code], [Some(0); 2]);
    let ran = folder.run(&["delta", "a.tws", "a.tws", "-o", "a.tws"]);
    assert!(ran.code == Some(2) && ran.err.contains("another kind"), "{}", ran.err);
    assert_eq!(folder.run(&["verify", "a.tws"]).code, Some(0));
}

#[test]
fn inspect_tells_each_source_and_each_address() {
    let folder = Folder::new();
    folder.compile("a", &[(BITCOIN, "a thief"), (ETHEREUM, "another")]);
    let ran = folder.run(&["inspect", "a.tws"]);
    assert_eq!(ran.code, Some(0));
    for part in
        ["A test (test) of 2026-01-31", "2 identities, 2 statements", "hash160", "A list", "1 × a thief"]
    {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let rows = folder.run(&["inspect", "--addresses", "--json", "a.tws"]).json();
    let addresses: Vec<&str> = rows.iter().map(|row| row["address"].as_str().unwrap()).collect();
    assert_eq!(addresses, [BITCOIN, ETHEREUM]);
    let whole: Value = serde_json::from_str(&folder.run(&["inspect", "--json"]).out).unwrap();
    assert_eq!(whole["set"]["id"], "builtin");
    assert!(whole["statements"][0]["identities"].as_u64() > Some(0));
}

#[test]
fn a_set_says_where_to_dispute_what_it_says() {
    let folder = Folder::new();
    folder.write("a.csv", format!("address,label\n{BITCOIN},a thief\n"));
    let compile = |dispute: &str| {
        let said = ["--source-title", "A list", "--confidence", "authority_data", "--date", "2026-01-31"];
        folder.run(&[&["compile", "a.csv", "--out", "a.tws", "--dispute", dispute], &said[..]].concat())
    };
    let ran = compile("authority.example");
    assert!(
        ran.code == Some(64) && ran.err.contains("neither a page (https://…) nor a mailbox"),
        "{}",
        ran.err
    );
    let ran = compile("mailto:lists@authority.example");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = folder.run(&["inspect", "a.tws"]);
    assert!(ran.out.contains("Listed by mistake: mailto:lists@authority.example"), "{}", ran.out);
    let ran = folder.run(&["check", "--set", "a.tws", BITCOIN]);
    let said = "Listed by mistake? My own set: mailto:lists@authority.example";
    assert!(ran.code == Some(1) && ran.out.contains(said), "{}", ran.out);
    let ran = folder.run(&["check", "--set", "a.tws", CLEAN]);
    assert!(ran.code == Some(0) && !ran.out.contains("mistake"), "{}", ran.out);
}

#[test]
fn nothing_of_somebody_elses_writes_over_the_answer() {
    const HOSTILE: &str = "a thief\u{1b}[2K\u{1b}[1A\nNothing found\u{7f}\u{9b}3A\u{202e}";
    let folder = Folder::new();
    folder.write("a.json", serde_json::json!([{ "address": BITCOIN, "label": HOSTILE }]).to_string());
    let said = ["--source-title", HOSTILE, "--confidence", "authority_data", "--date", "2026-01-31"];
    let ran = folder.run(&[&["compile", "a.json", "--out", "a.tws", "--title", HOSTILE][..], &said].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    folder.compile("b", &[(ETHEREUM, "another")]);
    folder.write("text\u{1b}[2K.txt", BITCOIN);
    folder.write("bad.json", serde_json::json!([HOSTILE]).to_string());
    for arguments in [
        &["check", "--set", "a.tws", BITCOIN][..],
        &["check", "--set", "a.tws", "--json", BITCOIN],
        &["check", HOSTILE],
        &["read", HOSTILE],
        &["read", "--json", HOSTILE],
        &["scan", "--set", "a.tws", "text\u{1b}[2K.txt"],
        &["scan", "\u{1b}[2K.txt"],
        &["inspect", "a.tws"],
        &["inspect", "--json", "a.tws"],
        &["inspect", "--addresses", "a.tws"],
        &["inspect", "--addresses", "--json", "a.tws"],
        &["diff", "a.tws", "b.tws"],
        &["diff", "--json", "a.tws", "b.tws"],
        &["verify", "a.tws"],
        &["verify", "\u{1b}[2K.tws"],
        &["compile", "bad.json", "--out", "bad.tws"],
    ] {
        let ran = folder.run(arguments);
        let all = ran.out + &ran.err;
        assert!(all.contains("u001b["), "{arguments:?}: {all}");
        let acts = |character: char| matches!(character, '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}' | '\u{202e}');
        assert!(!all.contains(acts), "{arguments:?}: {all:?}");
        assert!(!all.lines().any(|line| line.starts_with("Nothing")), "{arguments:?}: {all}");
    }
    // What programs read is what was written.
    let rows = folder.run(&["check", "--set", "a.tws", "--json", BITCOIN]).json();
    assert_eq!(rows[0]["matches"][0]["label"], HOSTILE);
    let whole: Value = serde_json::from_str(&folder.run(&["inspect", "--json", "a.tws"]).out).unwrap();
    assert_eq!(whole["set"]["title"], HOSTILE);
}

#[test]
fn verify_proves_or_says_what_is_wrong() {
    let folder = Folder::new();
    let path = folder.compile("a", &[(BITCOIN, "a thief")]);
    let ran = folder.run(&["verify", "a.tws"]);
    assert!(ran.code == Some(0) && ran.out.contains("sound"), "{}{}", ran.out, ran.err);
    let mut bytes = fs::read(path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    folder.write("b.tws", bytes);
    let ran = folder.run(&["verify", "b.tws"]);
    assert!(ran.code == Some(2) && ran.err.contains("damaged"), "{}", ran.err);
    let ran = folder.run_with(&["verify", "nothing.tws"], "");
    assert!(ran.code == Some(2) && ran.err.contains("nothing.tws"), "{}", ran.err);
}

#[test]
fn a_delta_makes_the_newer_set_and_a_diff_tells_it() {
    let folder = Folder::new();
    let second = [(BITCOIN, "a caught thief"), (CLEAN, "a new one")];
    folder.compile("old", &[(BITCOIN, "a thief"), (ETHEREUM, "another")]);
    let new = folder.compile("new", &second);
    let ran = folder.run(&["diff", "old.tws", "new.tws"]);
    assert_eq!(ran.code, Some(1));
    for part in [BITCOIN, "- a thief,", "+ a caught thief", ETHEREUM, CLEAN, "1 came, 1 went, 1 changed"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert_eq!(folder.run(&["diff", "--json", "old.tws", "new.tws"]).json().len(), 3);
    assert_eq!(folder.run(&["diff", "old.tws", "old.tws"]).code, Some(0));
    assert_eq!(folder.run(&["delta", "old.tws", "new.tws", "--out", "d.twd"]).code, Some(0));
    for (arguments, culprit) in [
        (["delta", "old.tws", "old.csv"], "old.csv: "),
        (["apply", "old.tws", "old.csv"], "old.csv: "),
        (["apply", "d.twd", "d.twd"], "d.twd: "),
    ] {
        let ran = folder.run(&[&arguments[..], &["--out", "none.tws"]].concat());
        assert!(ran.code == Some(2) && ran.err.contains(culprit), "{}", ran.err);
    }
    assert_eq!(folder.run(&["apply", "old.tws", "d.twd", "--out", "made.tws"]).code, Some(0));
    assert!(fs::read(folder.path("made.tws")).unwrap() == fs::read(new).unwrap());
    let ran = folder.run(&["apply", "new.tws", "d.twd", "--out", "wrong.tws"]);
    assert!(ran.code == Some(2) && ran.err.contains("another set"), "{}", ran.err);
    assert!(!folder.path("wrong.tws").exists());
}

#[test]
fn scan_finds_what_is_listed_in_files_and_in_a_pipe() {
    let folder = Folder::new();
    folder.compile("a", &[(BITCOIN, "a thief")]);
    folder.write(
        "page.html",
        format!("<p>{CLEAN}</p>\n<a href=\"bitcoin:{BITCOIN}?amount=1\">{TRON_SPELLING}</a>\n"),
    );
    let ran = folder.run(&["scan", "--set", "a.tws", "page.html"]);
    assert_eq!(ran.code, Some(1));
    let rows = ran.json();
    let found: Vec<(u64, &str)> = rows
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["outcome"]["address"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [(2, BITCOIN), (2, TRON_SPELLING)]);
    assert_eq!(rows[0]["file"], "page.html");
    let input = format!("{}\n{BITCOIN}\n", "a line\n".repeat(500_000));
    let ran = folder.run_with(&["scan", "--set", "a.tws"], &input);
    assert_eq!((ran.code, &ran.json()[0]["line"]), (Some(1), &500_002.into()));
    assert_eq!(folder.run_with(&["scan"], CLEAN).code, Some(0));
    assert_eq!(folder.run(&["scan", "nothing.txt"]).code, Some(2));
}

#[test]
fn scan_looks_at_text_as_windows_writes_it_and_says_what_is_none() {
    let folder = Folder::new();
    folder.compile("a", &[(BITCOIN, "a thief")]);
    let text = format!("to,amount\r\n{BITCOIN},5\r\n");
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    // Without its mark it is no text that anybody could know.
    folder.write("bare.csv", &bytes[2..]);
    folder.write("a.csv", bytes);
    let ran = folder.run(&["scan", "--set", "a.tws", "a.csv"]);
    assert_eq!((ran.code, &ran.json()[0]["line"], &*ran.err), (Some(1), &2.into(), ""));
    folder.write("packed.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03");
    for name in ["bare.csv", "packed.gz"] {
        let ran = folder.run(&["scan", "--set", "a.tws", name]);
        assert!(
            ran.code == Some(2) && ran.err.contains(&format!("{name}: this is no plain text")),
            "{}",
            ran.err
        );
    }
    // What is plain in it is found all the same.
    folder.write("memory.bin", [&[0; 100], BITCOIN.as_bytes(), &[0; 100]].concat());
    let ran = folder.run(&["scan", "--set", "a.tws", "memory.bin"]);
    assert!(ran.code == Some(1) && ran.err.contains("memory.bin"), "{}", ran.err);
}

#[test]
fn scan_looks_through_folders() {
    let folder = Folder::new();
    folder.write("bills/2026/may.txt", format!("to {BITCOIN}\n"));
    folder.write("bills/april.txt", format!("to {TRON_SPELLING}\n"));
    folder.write("bills/.hidden/old.txt", TRON_SPELLING);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("bills"), folder.path("bills/2026/again")).unwrap();
    folder.compile("a", &[(BITCOIN, "a thief")]);
    let ran = folder.run(&["scan", "--set", "a.tws", "bills"]);
    let files: Vec<Value> = ran.json().iter().map(|row| row["file"].clone()).collect();
    assert_eq!((ran.code, files), (Some(1), vec!["bills/2026/may.txt".into(), "bills/april.txt".into()]));
    // What is missing keeps nothing from being looked at, and is told.
    let ran = folder.run(&["scan", "missing", "bills/april.txt"]);
    assert!(ran.code == Some(1) && ran.json().len() == 1 && ran.err.contains("missing: "), "{}", ran.err);
}

#[test]
fn addresses_come_from_a_file_too() {
    let folder = Folder::new();
    let lines = format!("{CLEAN}\n\n{TRON_SPELLING}\n");
    folder.write(
        "windows.txt",
        [0xff, 0xfe].into_iter().chain(lines.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>(),
    );
    for arguments in [&["--file", "-"][..], &["-"], &["--file", "windows.txt"]] {
        let ran = folder.run_with(&[&["check", "--json"], arguments].concat(), &lines);
        assert_eq!((ran.code, ran.json().len()), (Some(1), 2), "{}", ran.err);
    }
    // Nothing was asked, so nothing was found to be clean.
    let ran = folder.run_with(&["check", "-"], "\n");
    assert!(ran.code == Some(2) && ran.err.contains("no address"), "{}", ran.err);
}

#[test]
fn completions_and_manual_pages_are_made() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == Some(0) && ran.out.contains("taintwatch"), "{shell}");
    }
    assert_eq!(folder.run(&["man", "pages"]).code, Some(0));
    let page = fs::read_to_string(folder.path("pages/taintwatch-compile.1")).unwrap();
    assert!(page.contains("keep\\-going"), "{page}");
}
