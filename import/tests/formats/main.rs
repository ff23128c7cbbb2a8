//! Each importer on a small file in its format's real structure: what becomes a tag, what a fault, and on which line.

mod csv;
mod json;
mod lists;
mod ofac;
mod tagpack;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use taintwatch::{Confidence, Set, Source, Tag, read};
use taintwatch_import::{Compiler, Input, Lacks, Options, Safeguards, fitting, named};

const BITCOIN: &str = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
const ETHEREUM: &str = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
const TRON: &str = "TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW";
const CASH: &str = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
const MONERO: &str =
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

struct Done {
    set: Set,
    faults: Vec<(u64, String)>,
}

impl Done {
    fn tags(&self, address: &str) -> Vec<Tag> {
        let identity = read(address).unwrap().addresses[0].identity();
        self.set.lookup(&identity).unwrap()
    }

    fn tag(&self, address: &str) -> Tag {
        let mut tags = self.tags(address);
        assert_eq!(tags.len(), 1, "{address}: {tags:?}");
        tags.remove(0)
    }
}

/// Compiles a text as a file of this name, which must be told to be in this format.
fn compiled(name: &str, format: &str, text: impl AsRef<[u8]>, options: Options) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let input = Input::new(&path, &|_| {});
    assert_eq!(fitting(&input).unwrap().name(), format);
    let mut compiler = Compiler::new(options, safeguards());
    compiler.read(named(format).unwrap(), &input);
    let faults = compiler.take_faults();
    let faults = faults.into_iter().map(|fault| (fault.line.unwrap_or(0), fault.reason)).collect();
    let set = Set::open(compiler.finish().unwrap().bytes).unwrap();
    set.verify().unwrap();
    Done { set, faults }
}

fn safeguards() -> Safeguards {
    let text = "safeguards:\n  - {address: '0x6B175474E89094C44Da98b954EedeAC495271d0F', network: ETH, name: Dai, kind: contract, source: 'https://a.example'}\n";
    Safeguards::parse(Path::new("safeguards"), text).unwrap()
}

fn options() -> Options {
    Options {
        id: "t".to_owned(),
        title: "T".to_owned(),
        date: taintwatch::Date::parse("2026-01-31"),
        defaults: taintwatch_import::Defaults {
            label: "somebody".to_owned(),
            source_title: "A list".to_owned(),
            ..Default::default()
        },
        ..Options::default()
    }
}

#[test]
fn what_was_named_and_is_nowhere_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, key: &str| {
        fs::write(
            folder.path().join(name),
            format!("[{{\"address\": \"{BITCOIN}\", \"{key}\": \"a thief\"}}]"),
        )
        .unwrap();
    };
    write("one.json", "comment");
    write("other.json", "note");
    for (key, is_there) in [("comment", true), ("note", true), ("coment", false)] {
        let columns = [("label".to_owned(), key.to_owned())].into_iter().collect();
        let mut compiler = Compiler::new(Options { columns, ..options() }, safeguards());
        for name in ["one.json", "other.json"] {
            let input = Input::new(&folder.path().join(name), &|_| {});
            compiler.read(fitting(&input).unwrap(), &input);
        }
        // One file may leave it away.
        assert_eq!(compiler.take_faults(), []);
        let done = compiler.finish();
        assert_eq!(done.is_ok(), is_there);
        assert!(is_there || done.unwrap_err().contains("`coment` for the label"));
    }
}

#[test]
fn a_safeguard_holds_unless_it_is_named_and_the_scope_is_kept() {
    let dai = "0x6b175474e89094c44da98b954eedeac495271d0f";
    let text = format!("{dai}\n{BITCOIN}\n");
    let done = compiled("a.txt", "list", &text, options());
    assert_eq!((done.set.info().identities, done.faults.len()), (1, 1));
    let done = compiled("a.txt", "list", &text, Options { unguarded: vec!["Dai".to_owned()], ..options() });
    assert_eq!((done.set.info().identities, done.faults.len()), (2, 0));
    let chains = vec![taintwatch::Chain::named("BTC").unwrap()];
    let done = compiled("a.txt", "list", text.replace(dai, ETHEREUM), Options { chains, ..options() });
    assert_eq!(done.set.info().chains, ["bip122:000000000019d6689c085ae165831e93"]);
    let told = |done: &Done, address: &str| {
        assert_eq!(done.faults.len(), 1, "{:?}", done.faults);
        let (line, reason) = &done.faults[0];
        assert!(reason.contains(address) && reason.contains("not in the set's scope"), "{reason}");
        *line
    };
    assert_eq!((told(&done, ETHEREUM), done.tags(BITCOIN).len()), (1, 1));
    let text = format!("address,abuse\n{BITCOIN},scam\n{ETHEREUM},sanction\n");
    let abuses = vec!["sanction".to_owned(), "service_hack".to_owned()];
    let done = compiled("a.csv", "csv", &text, Options { abuses, ..options() });
    assert_eq!((told(&done, BITCOIN), done.tags(ETHEREUM).len()), (2, 1));
    assert_eq!(done.set.info().abuses, ["sanction", "service_hack"]);
}

#[test]
fn what_is_given_for_all_is_said_of_rows_that_do_not_say_it() {
    let defaults = || taintwatch_import::Defaults {
        network: "BTC".to_owned(),
        label: "anybody".to_owned(),
        incident: "a-theft".to_owned(),
        actor: "a-thief".to_owned(),
        abuse: "scam".to_owned(),
        role: "theft".to_owned(),
        confidence: "forensic".to_owned(),
        source_title: "A report".to_owned(),
        source_publisher: "A newspaper".to_owned(),
        source_url: "https://a.example/1".to_owned(),
        source_date: "2025-01-02T03:04:05Z".to_owned(),
    };
    let text = format!(
        "address,network,label,incident,actor,abuse,role,confidence,source_title,source_publisher,source_url,source_date\n\
         {BITCOIN},,,,,,,,,,,\n\
         {TRON},TRX,somebody,a-fraud,a-cheat,phishing,deposit,heuristic,A list,An authority,https://b.example/2,2024-05-06\n"
    );
    let done = compiled("a.csv", "csv", &text, Options { defaults: defaults(), ..options() });
    assert_eq!(done.faults, []);
    let all = |tag: Tag| {
        let Source { title, publisher, url, date } = tag.source;
        let [incident, actor] = [tag.incident, tag.actor].map(Option::unwrap_or_default);
        let confidence = tag.confidence.id().to_owned();
        [tag.label, incident, actor, tag.abuse, tag.role, confidence, title, publisher, url, date].join(" ")
    };
    assert_eq!(
        all(done.tag(BITCOIN)),
        "anybody a-theft a-thief scam theft forensic A report A newspaper https://a.example/1 2025-01-02"
    );
    assert_eq!(
        all(done.tag(TRON)),
        "somebody a-fraud a-cheat phishing deposit heuristic A list An authority https://b.example/2 2024-05-06"
    );
}

/// What a publisher is told so as to say it for all rows: only what no row could be without, or the set.
#[test]
fn what_rows_lack_is_told_by_what_they_lack() {
    let lacks = |rows: &str, date: Option<&str>| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, format!("address,label,source_title,date,confidence\n{rows}")).unwrap();
        let date = date.map(|date| taintwatch::Date::parse(date).unwrap());
        let mut compiler =
            Compiler::new(Options { date, defaults: Default::default(), ..options() }, safeguards());
        compiler.read(named("csv").unwrap(), &Input::new(&path, &|_| {}));
        let Lacks { source, label, date } = compiler.lacks();
        let done =
            compiler.finish().map(|compiled| (compiled.rows, compiled.unsure, compiled.identities)).ok();
        ([source, label, date], done)
    };
    let row = |rest: &str| format!("{BITCOIN},{rest}\n");
    assert_eq!(lacks(&row("x,A list,2026-01-02,forensic"), None), ([false; 3], Some((1, 0, 1))));
    assert_eq!(lacks(&row(",A list,2026-01-02,"), None), ([false, true, false], None));
    assert_eq!(lacks(&row("x,,2026-01-02,"), None), ([true, false, false], None));
    assert_eq!(lacks(&row(",,,"), None), ([true, true, true], None));
    assert_eq!(lacks(&row(",,,"), Some("2026-01-31")), ([true, true, false], Some((0, 0, 0))));
    // Said once of one and once of the other; one of three says how sure it is.
    let rows = [row(",A list,2026-01-02,"), row("x,,,"), row("x,A list,2026-01-03,")].concat();
    assert_eq!(lacks(&rows, None), ([true, true, false], Some((1, 1, 1))));
    let rows =
        [row("x,A list,2026-01-02,"), row("y,A list,,forensic"), row("z,A list,,"), row("z,A list,soon,")];
    assert_eq!(lacks(&rows.concat(), None), ([false; 3], Some((3, 2, 1))));
}

#[test]
fn broken_files_are_told_with_their_line() {
    for (name, format, text, line) in [
        ("a.xml", "ofac-sdn", "<sdnList>\n<sdnEntry>\n</sdnList>", 3),
        ("a.xml", "ofac-advanced", "<Sanctions>\n<x/>", 2),
        ("a.json", "stix", "{\"type\": \"bundle\", \"id\": \"bundle--1\",\n\"objects\": [", 2),
        ("a.json", "misp", "{\"Event\":\n{\"Attribute\": 7}}", 2),
        ("a.json", "list", "[\n\"a\"\n7]", 3),
        ("a.yaml", "tagpack", "title: [\n", 0),
    ] {
        let done = compiled(name, format, text, options());
        assert_eq!(done.faults.len(), 1, "{name} {:?}", done.faults);
        assert!(line == 0 || done.faults[0].0 == line, "{format}: {:?}", done.faults);
    }
}
