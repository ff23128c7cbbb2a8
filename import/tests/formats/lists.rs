//! Lists of addresses, plain and in JSON.

use super::*;

#[test]
fn lists() {
    let text = format!("# a list\n{BITCOIN}   # with a comment\n\n// another\n{TRON}\nnonsense\n");
    let done = compiled("list.txt", "list", &text, options());
    assert_eq!((done.set.info().identities, done.tag(TRON).label), (2, "somebody".to_owned()));
    assert_eq!(done.faults[0].0, 6);
    let text =
        format!("[\n\"{BITCOIN}\",\n{{\"address\": \"{TRON}\", \"label\": \"a thief\", \"hops\": 3}},\n7]");
    let done = compiled("list.json", "list", &text, options());
    assert_eq!((&*done.tag(TRON).label, done.tag(TRON).hops), ("a thief", Some(3)));
    assert_eq!(done.faults[0].0, 4);
    let text = format!("{{\"{BITCOIN}\": \"a thief\",\n \"{TRON}\": {{\"label\": \"another\"}}}}");
    let done = compiled("list.json", "list", &text, options());
    assert_eq!((&*done.tag(BITCOIN).label, &*done.tag(TRON).label), ("a thief", "another"));
}

/// Lists of JSON are of many shapes.
#[test]
fn lists_inside_others() {
    let columns =
        [("label", "family"), ("network", "blockchain"), ("date", "createdAt"), ("concepts", "labels")];
    let columns = columns.map(|(field, key)| (field.to_owned(), key.to_owned())).into_iter().collect();
    let options = || Options { columns, ..options() };
    let text = format!(
        r#"{{"success": true, "family": "for all", "labels": ["a", "b"], "result": [
          {{"address": "{BITCOIN}", "blockchain": "bitcoin", "createdAt": "2021-07-07T10:00:00Z", "transactions": [{{"hash": "aa"}}]}},
          {{"family": "A thief", "address": ["{TRON}", "{ETHEREUM}"]}},
          {{"blockchain": "x", "of": []}}, {{}},
          {{"wallet": "{CASH}", "note": "x"}}, {{"address": null}}]}}"#
    );
    let done = compiled("result.json", "list", &text, options());
    let tag = done.tag(BITCOIN);
    assert_eq!((&*tag.label, tag.date.unwrap().to_string()), ("for all", "2021-07-07".to_owned()));
    assert_eq!(tag.concepts, ["a", "b"]);
    assert_eq!((&*done.tag(TRON).label, &*done.tag(ETHEREUM).label), ("A thief", "A thief"));
    let faults: Vec<u64> = done.faults.iter().map(|(line, _)| *line).collect();
    assert_eq!(faults, [5, 5], "{:?}", done.faults);
    assert!(done.faults[0].1.contains("there are: wallet, note"), "{:?}", done.faults);
}

#[test]
fn lists_by_address() {
    let text = format!(
        "{{\"result\": {{\"{BITCOIN}\": [{{\"label\": \"one\"}}, \"two\"],\n\"{TRON}\": {{\"label\": \"three\"}},\n\"{TRON}\": \"four\", \"{MONERO}\": [], \"nonsense\": 1}}}}"
    );
    let done = compiled("by.json", "list", &text, options());
    let labels = |address| done.tags(address).into_iter().map(|tag| tag.label).collect::<BTreeSet<_>>();
    assert_eq!(
        (labels(BITCOIN), labels(TRON)),
        (["one", "two"].map(str::to_owned).into(), ["three", "four"].map(str::to_owned).into())
    );
    assert_eq!(labels(MONERO), ["somebody".to_owned()].into());
    assert_eq!((done.faults.len(), done.faults[0].0), (1, 3));
}

#[test]
fn lists_as_json_lines() {
    let row = |address, label| format!("{{\"address\": \"{address}\", \"label\": \"{label}\"}}\n");
    let twice = format!("{{\"address\": \"{MONERO}\", \"address\": \"{TRON}\", \"label\": \"two\"}}\n");
    let text = row(BITCOIN, "one") + &row("nonsense", "x") + &twice + "{\"address\"";
    let done = compiled("rows.jsonl", "list", &text, options());
    assert_eq!(
        (&*done.tag(BITCOIN).label, &*done.tag(TRON).label, &*done.tag(MONERO).label),
        ("one", "two", "two")
    );
    assert_eq!(done.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4], "{:?}", done.faults);
}
