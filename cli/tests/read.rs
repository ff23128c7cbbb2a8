//! `taintwatch read` and `taintwatch chains` as a user calls them.

use assert_cmd::Command;
use serde_json::Value;

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::cargo_bin("taintwatch").unwrap().args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_reading_is_told_with_its_identity() {
    let (code, out) = run(&[
        "read",
        "--json",
        "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG",
        "0x7C41E0668B551F4F902CFAEC05B5BDCA68B124CE",
    ]);
    assert_eq!(code, Some(0));
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let readings = lines[0]["readings"].as_array().unwrap();
    assert!(readings.len() > 3);
    assert_eq!(readings[0]["chain"], "bip122:000000000019d6689c085ae165831e93");
    assert_eq!(readings[0]["identity"]["kind"], "script_hash160");
    assert_eq!(lines[1]["readings"][0]["identity"]["hex"], "7c41e0668b551f4f902cfaec05b5bdca68b124ce");
    // The spelling of Harmony's documentation.
    assert_eq!(lines[1]["readings"][0]["address"], "0x7c41E0668B551f4f902cFaec05B5Bdca68b124CE");
}

#[test]
fn what_is_no_address_is_told_with_the_reason() {
    let (code, out) = run(&["read", "--json", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdb"]);
    assert_eq!(code, Some(2));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&line["problem"]["code"], &line["problem"]["at"]), (&"character".into(), &42.into()));
    assert_eq!(
        run(&["read", "hello"]).1,
        "hello\n  this is not an address of any chain that is known here\n"
    );
}

#[test]
fn the_chains_are_listed() {
    let (code, out) = run(&["chains", "--json"]);
    assert_eq!(code, Some(0));
    let chains: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(chains.len() >= 60, "{}", chains.len());
    assert!(chains.iter().any(|chain| chain["ticker"] == "XMR"));
    assert_eq!(run(&["chains"]).1.lines().count(), chains.len());
}
