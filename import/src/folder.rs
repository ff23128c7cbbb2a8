//! A folder of data compiled into one set: `set.yaml`, `incidents/`, `actors/`, `safeguards/`.

use crate::compile::{Compiler, Options, dispute};
use crate::fault::Fault;
use crate::formats::tagpack::TagPacks;
use crate::input::Input;
use crate::safeguard::Safeguards;
use crate::yaml::parse;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use taintwatch::Date;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    id: String,
    title: String,
    date: String,
    dispute: Option<String>,
}

/// Compiles the data in `folder` into the bytes of a set.
///
/// # Errors
/// Every fault found in any file: unreadable YAML, an address whose checksum does not hold or that is
/// of another chain than its tag says, a tag without a source, an unknown actor or confidence, the
/// address of a well-known contract or service.
pub fn compile(folder: &Path) -> Result<Vec<u8>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut safeguards = Safeguards::default();
    for file in files(&folder.join("safeguards"), &mut faults) {
        let read = Input::new(&file, &|_| {}).text().map_err(|fault| vec![fault]);
        match read.and_then(|text| Safeguards::parse(&file, &text)) {
            Ok(more) => safeguards = safeguards.and(more),
            Err(more) => faults.extend(more),
        }
    }
    let meta = folder.join("set.yaml");
    let options = options(&Input::new(&meta, &|_| {}));
    let mut compiler = Compiler::new(
        options.unwrap_or_else(|fault| {
            faults.push(fault);
            Options { is_strict: true, ..Options::default() }
        }),
        safeguards,
    );
    let incidents = files(&folder.join("incidents"), &mut faults);
    if incidents.is_empty() {
        faults.push(Fault::new(&folder.join("incidents"), None, "there is no incident"));
    }
    let packs = TagPacks { is_strict: true };
    for file in files(&folder.join("actors"), &mut faults).into_iter().chain(incidents) {
        compiler.read(&packs, &Input::new(&file, &|_| {}));
    }
    faults.extend(compiler.take_faults());
    if !faults.is_empty() {
        return Err(faults);
    }
    let compiled = compiler.finish().map_err(|reason| vec![Fault::new(folder, None, reason)])?;
    Ok(compiled.bytes)
}

fn options(input: &Input) -> Result<Options, Fault> {
    let meta: SetFile = parse(input, &input.text()?)?;
    let date = Date::parse(&meta.date);
    let date = date.ok_or_else(|| input.fault(None, format!("`{}` is not a date", meta.date)))?;
    let dispute = meta.dispute.as_deref().map(dispute).transpose();
    let dispute = dispute.map_err(|reason| input.fault(None, reason))?;
    Ok(Options {
        id: meta.id,
        title: meta.title,
        date: Some(date),
        dispute,
        is_strict: true,
        ..Options::default()
    })
}

/// Every YAML file of a folder, in the order of their names.
fn files(folder: &Path, faults: &mut Vec<Fault>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(Fault::new(folder, None, error.to_string()));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use taintwatch::Set;

    const ACTORS: &str = "title: A\ncreator: me\nactors:\n  - {id: thief, label: Thief, uri: 'https://a.example', lastmod: '2026-01-01', categories: [perpetrator]}\n";
    const SAFEGUARDS: &str = "safeguards:\n  - {address: '0x6B175474E89094C44Da98b954EedeAC495271d0F', network: ETH, name: Dai, kind: contract, source: 'https://a.example'}\n";
    const PACK: &str = "title: T\ncreator: me\nincident: {id: theft, title: Theft, date: '2026-01', loss: '', about: A theft}\n\
        sources:\n  - {url: 'https://a.example/1', title: S, publisher: P, date: '2026-01-02'}\n\
        label: L\nsource: https://a.example/1\nconfidence: authority_data\nactor: thief\nabuse: service_hack\nrole: theft\nlastmod: '2026-01-02'\n\
        tags:\n  - address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96'\n    network: ETH\n    currency: ETH\n";

    /// The faults of a folder in which the pack was changed by replacing one text with another.
    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(PACK.contains(from), "{from}");
        match compiled("", &PACK.replace(from, to)) {
            Ok(set) => {
                assert!(set.info().identities <= 2);
                Vec::new()
            }
            Err(faults) => faults,
        }
    }

    /// A folder with more in its `set.yaml`, and this pack.
    fn compiled(more: &str, pack: &str) -> Result<Set, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("set.yaml", &*format!("id: t\ntitle: T\ndate: '2026-01-03'\n{more}")),
            ("actors/a.yaml", ACTORS),
            ("safeguards/s.yaml", SAFEGUARDS),
            ("incidents/theft.yaml", pack),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        match compile(folder.path()) {
            Ok(bytes) => {
                let set = Set::open(bytes).unwrap();
                set.verify().unwrap();
                Ok(set)
            }
            Err(faults) => {
                Err(faults.iter().map(|f| format!("{}: {}", f.line.unwrap_or(0), f.reason)).collect())
            }
        }
    }

    #[test]
    fn a_set_says_where_to_dispute_what_it_says() {
        let set = compiled("dispute: https://a.example/mistakes\n", PACK).unwrap();
        assert_eq!(set.info().dispute.as_deref(), Some("https://a.example/mistakes"));
        let faults = compiled("dispute: a.example\n", PACK).unwrap_err();
        assert_eq!(faults, ["0: `a.example` is neither a page (https://…) nor a mailbox (mailto:…)"]);
    }

    #[test]
    fn a_good_pack_compiles() {
        assert_eq!(faults("title: T", "title: U"), [""; 0]);
        // A tag may stand for itself where the pack says nothing.
        assert_eq!(faults("currency: ETH\n", "currency: ETH\n    delisted: '2026-01-03'\n"), [""; 0]);
        // The same address in the letters of another chain is another tag, not a fault.
        let second = "currency: ETH\n  - {address: 3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG, network: BTC}\n";
        assert_eq!(faults("currency: ETH\n", second), [""; 0]);
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        let long_ago = "label: L\nsource: https://a.example/1\n";
        for (from, to, line, reason) in [
            ("2f96'", "2f97'", 14, "checksum (EIP-55)"),
            (
                "'0x098B716B8Aaf21512996dC57EB0615e2383E2f96'",
                "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH",
                14,
                "checksum is wrong",
            ),
            (
                "'0x098B716B8Aaf21512996dC57EB0615e2383E2f96'",
                "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG",
                14,
                "is not an address on Ethereum",
            ),
            (
                "'0x098B716B8Aaf21512996dC57EB0615e2383E2f96'",
                "'0x6b175474e89094c44da98b954eedeac495271d0f'",
                14,
                "Dai",
            ),
            (
                "'0x098B716B8Aaf21512996dC57EB0615e2383E2f96'",
                "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx",
                14,
                "is not an address on Ethereum",
            ),
            (long_ago, "label: L\n", 13, "says no source"),
            (
                "source: https://a.example/1\n",
                "source: https://a.example/2\n",
                14,
                "is not among the `sources`",
            ),
            ("label: L\n", "", 13, "says no label"),
            ("publisher: P", "publisher: ''", 0, "needs a title, a publisher and a date"),
            ("date: '2026-01-02'}", "date: yesterday}", 0, "`yesterday` is not a date"),
            ("authority_data", "certain", 14, "`certain` is not a confidence"),
            ("actor: thief", "actor: nobody", 14, "the actor `nobody` is not known"),
            ("network: ETH", "network: NOSUCH", 14, "the network `NOSUCH` is not known"),
            ("id: theft", "id: heist", 0, "must be named after its incident"),
            ("lastmod: '2026-01-02'", "lastmod: '2026-13-02'", 14, "`2026-13-02` is not a date"),
            ("date: '2026-01'", "date: '2026-99'", 0, "`2026-99` is not a date"),
            ("role: theft", "rol: theft", 11, "rol"),
            ("tags:", "tags: [", 0, ""),
        ] {
            let found = faults(from, to);
            let matches =
                |f: &String| f.contains(reason) && (line == 0 || f.starts_with(&format!("{line}: ")));
            assert!(found.iter().any(matches), "{to}: {found:?}");
        }
    }

    #[test]
    fn the_same_address_twice_in_a_pack_is_a_fault() {
        let twice =
            "currency: ETH\n  - {address: '0x098b716b8aaf21512996dc57eb0615e2383e2f96', network: ETH}\n";
        assert!(faults("currency: ETH\n", twice)[0].contains("is here twice"));
    }
}
