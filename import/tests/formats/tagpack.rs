//! TagPacks and their headers.

use super::*;

#[test]
fn tagpack_of_others() {
    let text = format!(
        "title: Blender.io\ncreator: GraphSense Core Team\nuri: https://what.nobody.knows/here\nis_cluster_definer: false\nconfidence: authority_data\n\
         description: Addresses related to Blender.io\ncategory: mixing_service\ncurrency: BTC\nlabel: Blender.io\n\
         lastmod: 2022-05-16\nsource: https://authority.example/1\nactor: blenderio\ntags:\n- address: {BITCOIN}\n\
         - address: {BITCOIN}\n  label: The same again\n- tx_hash: abc\n- address: {ETHEREUM}\n  entity: 7\n  currency: USDT\n  network: ETH\n\
         \x20 concepts: [exchange, sanctioned]\n  abuse: ransomware\n  hops: 2\n  share: 0.5\n- address: nonsense\n"
    );
    let done = compiled("blender.yaml", "tagpack", &text, options());
    let tags = done.tags(BITCOIN);
    assert_eq!(tags.iter().map(|tag| &*tag.label).collect::<Vec<_>>(), ["Blender.io", "The same again"]);
    assert_eq!((&*tags[0].source.title, &*tags[0].source.date), ("Blender.io", "2022-05-16"));
    assert_eq!(
        (&tags[0].concepts[..], tags[0].asset.as_deref()),
        (&["mixing_service".to_owned()][..], Some("BTC"))
    );
    let tag = done.tag(ETHEREUM);
    assert_eq!((tag.asset.as_deref(), tag.network.as_deref()), (Some("USDT"), Some("ETH")));
    assert_eq!((&*tag.concepts.join(" "), &*tag.abuse), ("exchange sanctioned mixing_service", "ransomware"));
    assert_eq!((tag.hops, tag.share.unwrap().to_string()), (Some(2), "50 %".to_owned()));
    // An actor that no ActorPack tells of is known by its id.
    assert_eq!(done.set.actor("blenderio").unwrap().label, "blenderio");
    let lines: Vec<u64> = done.faults.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [17, 26], "{:?}", done.faults);
}

#[test]
fn a_tagpack_includes_the_header_of_the_nearest_folder() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    };
    let header = |title: &str| {
        format!("title: {title}\ncreator: me\nsource: https://a.example\nlabel: A thief\ncurrency: BTC\n")
    };
    write("header.yaml", header("Outer"));
    write("2021/header.yaml", header("Inner"));
    let pack = |name: &str, include: &str| {
        write(
            name,
            format!("lastmod: 2020-01-03\nheader: {include}\ntags:\n- address: {BITCOIN}\n- address: x\n"),
        )
    };
    for (file, include, title) in [
        ("a.yaml", "!include header.yaml", "Outer"),
        ("2020/01/a.yaml", "!include ./header.yaml", "Outer"),
        ("2021/01/a.yaml", "!include ./header.yaml", "Inner"),
        (
            "2021/b.yaml",
            "{title: Own, creator: me, source: 'https://a.example', label: A thief, currency: BTC}",
            "Own",
        ),
    ] {
        let mut compiler = Compiler::new(Options { date: None, ..options() }, safeguards());
        let path = pack(file, include);
        compiler.read(named("tagpack").unwrap(), &Input::new(&path, &|_| {}).within(folder.path()));
        let faults = compiler.take_faults();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(5)], "{faults:?}");
        let set = Set::open(compiler.finish().unwrap().bytes).unwrap();
        // No other file says when: the pack was kept up to then.
        assert_eq!(set.info().date.to_string(), "2020-01-03");
        let tags = set.lookup(&read(BITCOIN).unwrap().addresses[0].identity()).unwrap();
        assert_eq!((&*tags[0].source.title, &*tags[0].label), (title, "A thief"));
    }
    // What it takes over is published: nothing that is hidden, nor from outside the folder that is read.
    write("2021/.secret", header("Hidden"));
    write("2021/within/.git/config", header("Hidden"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("header.yaml"), folder.path().join("2021/link.yaml"))
        .unwrap();
    let named_folder = folder.path().join("2021");
    for (include, is_within) in [
        ("../header.yaml", true),
        ("/etc/hostname", true),
        ("nothing.yaml", true),
        ("a.yaml", true),
        (".secret", true),
        ("within/.git/config", true),
        ("link.yaml", true),
        // Named alone, it has what is beside it.
        ("header.yaml", false),
    ] {
        let mut compiler = Compiler::new(options(), safeguards());
        let name = if is_within { "2021/a.yaml" } else { "2021/alone/a.yaml" };
        let path = pack(name, &format!("!include {include}"));
        let input = Input::new(&path, &|_| {});
        let input = if is_within { input.within(&named_folder) } else { input };
        compiler.read(named("tagpack").unwrap(), &input);
        let faults = compiler.take_faults();
        let is_told =
            |fault: &taintwatch_import::Fault| fault.line == Some(2) && fault.reason.contains("nclude");
        assert!(faults.len() == 1 && is_told(&faults[0]), "{include}: {faults:?}");
        let is_one_line = !faults[0].reason.contains(['\n', '\\']);
        assert!(is_one_line, "{}", faults[0].reason);
    }
}

#[test]
fn a_tagpack_is_of_any_size_but_not_by_aliases() {
    let mut text = "title: T\ncreator: me\nsource: https://a.example\ncurrency: ETH\ntags:\n".to_owned();
    let count = 60_000;
    for number in 0..count {
        text += &format!("- address: 0x{number:040x}\n  label: Somebody\n");
    }
    let done = compiled("a.yaml", "tagpack", &text, options());
    assert_eq!((done.faults.len(), done.set.info().identities), (0, count));

    let mut text = "title: T\ncreator: me\na: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (letter, last) in ('b'..='i').zip('a'..) {
        text += &format!("{letter}: &{letter} [{}]\n", vec![format!("*{last}"); 9].join(", "));
    }
    let done = compiled("a.yaml", "tagpack", &(text + "tags: []\n"), options());
    assert_eq!(done.faults.len(), 1);
    assert!(done.faults[0].1.contains("budget breached"), "{:?}", done.faults);
}
