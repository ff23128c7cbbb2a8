//! Each importer on a small file in its format's real structure: what becomes a tag, what a fault, and on which line.

mod csv;
mod json;
mod lists;
mod ofac;
mod tagpack;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use taintwatch::{Confidence, Set, Tag, read};
use taintwatch_import::{Compiler, Input, Options, Safeguards, fitting, named};

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
fn compiled(name: &str, format: &str, text: &str, options: Options) -> Done {
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
    let done = compiled("a.txt", "list", &text.replace(dai, ETHEREUM), Options { chains, ..options() });
    assert_eq!(done.set.info().chains, ["bip122:000000000019d6689c085ae165831e93"]);
    assert!(done.faults[0].1.contains("not in the set's scope"), "{:?}", done.faults);
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
