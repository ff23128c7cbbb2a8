//! CSV, with and without names of columns.

use super::*;

#[test]
fn csv_with_named_columns() {
    let text = format!(
        "Wallet;Chain;Who;Hops;Received;Note\n{BITCOIN};BTC;A thief;1;12.5%;x\n{ETHEREUM};BTC;A thief;;;\n\
         {TRON};TRX;\"A; thief\";x;;\n{CASH};BCH\n0x6b175474e89094c44da98b954eedeac495271d0f;ETH;A thief;;;\n"
    );
    let columns = [
        ("address", "Wallet"),
        ("network", "chain"),
        ("label", "Who"),
        ("hops", "Hops"),
        ("share", "Received"),
    ];
    let columns = columns.map(|(field, name)| (field.to_owned(), name.to_owned())).into_iter().collect();
    let done = compiled("a.csv", "csv", &text, Options { columns, ..options() });
    let tag = done.tag(BITCOIN);
    assert_eq!((&*tag.label, tag.hops, tag.share.unwrap().millionths()), ("A thief", Some(1), 125_000));
    let faults: Vec<(u64, bool)> = done
        .faults
        .iter()
        .zip(["not an address on Bitcoin", "not a number of hops", "has 2 fields", "this is Dai"])
        .map(|((line, reason), part)| (*line, reason.contains(part)))
        .collect();
    assert_eq!(faults, [(3, true), (4, true), (5, true), (6, true)], "{:?}", done.faults);
}

#[test]
fn csv_without_a_header() {
    let columns = |names: &[(&str, &str)]| {
        let columns = names.iter().map(|(field, number)| ((*field).to_owned(), (*number).to_owned()));
        Options { columns: columns.collect(), ..options() }
    };
    let text = format!("A thief,{BITCOIN}\nanother,{TRON}\n");
    let done = compiled("a.csv", "csv", &text, columns(&[("address", "2"), ("label", "1")]));
    assert_eq!(
        (&*done.tag(BITCOIN).label, &*done.tag(TRON).label, done.faults.len()),
        ("A thief", "another", 0)
    );
    for number in ["0", "3", "label"] {
        let done = compiled("a.csv", "csv", &text, columns(&[("address", number)]));
        assert!(done.faults[0].1.contains("by its number"), "{:?}", done.faults);
    }
    // A single column can only be the address.
    for header in ["", "Their wallets\n"] {
        let done = compiled("a.csv", "csv", format!("{header}{BITCOIN}\n{TRON}\n"), options());
        assert_eq!((done.set.info().identities, done.faults.len()), (2, 0));
    }
}

#[test]
fn csv_rows_are_told_by_the_line_that_they_begin_on() {
    let text = format!(
        "\naddress,label\n{BITCOIN},a thief\n\n\nnonsense,one\n{TRON},\"\nof two\nlines\n\"\nnonsense,\" two\n\"\n\nnonsense,three"
    );
    for (text, lines) in [
        (text.clone(), [6, 11, 14]),
        (format!("{text}\n\n"), [6, 11, 14]),
        (text.replace('\n', "\r\n"), [6, 11, 14]),
        (format!("{text}\n").replace('\n', "\r\n"), [6, 11, 14]),
    ] {
        let done = compiled("a.csv", "csv", &text, options());
        assert_eq!(done.tag(TRON).label.lines().collect::<Vec<_>>(), ["of two", "lines"]);
        assert_eq!(done.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines, "{:?}", done.faults);
    }
    let old =
        compiled("a.csv", "csv", format!("address,label\r{BITCOIN},x\rnonsense,y\rnonsense,z\r"), options());
    assert_eq!(old.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4], "{:?}", old.faults);
}

#[test]
fn text_as_windows_writes_it() {
    let text = format!("address,label\r\n{BITCOIN},\"Müller\"\r\nnonsense,x\r\n\r\n");
    let units = || text.encode_utf16();
    let little = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect::<Vec<_>>();
    let big = [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
    for bytes in [little, big, format!("\u{feff}{text}").into_bytes()] {
        let done = compiled("a.csv", "csv", bytes, options());
        assert_eq!(done.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3], "{:?}", done.faults);
        assert_eq!(done.tag(BITCOIN).label, "Müller");
    }
}

#[test]
fn a_row_in_another_encoding_is_told_and_spoils_no_other() {
    let rows =
        [&b"address,label\n"[..], TRON.as_bytes(), b",M\xfcller\n", BITCOIN.as_bytes(), b",M\xc3\xbcller\n"];
    let done = compiled("a.csv", "csv", rows.concat(), options());
    assert!(matches!(&done.faults[..], [(2, reason)] if reason.contains("UTF-8")), "{:?}", done.faults);
    assert_eq!((&*done.tag(BITCOIN).label, done.tags(TRON).len()), ("Müller", 0));
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let columns = [("address".to_owned(), "Wallet".to_owned())].into_iter().collect();
    let done = compiled("a.csv", "csv", "one,two\n1,2\n", Options { columns, ..options() });
    assert!(done.faults[0].1.contains("there are: one, two"), "{:?}", done.faults);
}
