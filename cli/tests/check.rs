//! `taintwatch check` as a user calls it: exit status, words and JSON.

use assert_cmd::Command;
use serde_json::Value;

const LISTED: &str = "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG";
const CLEAN: &str = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
const BROKEN: &str = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb";

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("taintwatch").unwrap().arg("check").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    let (code, out, _) = run(&[&["--json"], arguments].concat());
    (code, out.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn the_status_says_found_nothing_found_or_cannot_tell() {
    assert_eq!(run(&[CLEAN]).0, Some(0));
    assert_eq!(run(&[LISTED]).0, Some(1));
    assert_eq!(run(&[BROKEN]).0, Some(2));
    assert_eq!(run(&[CLEAN, BROKEN]).0, Some(2));
    assert_eq!(run(&[BROKEN, LISTED, CLEAN]).0, Some(1));
    assert_eq!(run(&[]).0, Some(64));
    assert_eq!(run(&["--no-such-option", CLEAN]).0, Some(64));
    assert_eq!(run(&["--help"]).0, Some(0));
}

#[test]
fn words_name_the_incident_the_source_and_the_date_of_the_set() {
    let (_, out, _) = run(&[LISTED]);
    for part in [
        "DANGER",
        "CoinsPaid",
        "Alphapo",
        "Atomic Wallet",
        "FBI, 2023-08-22",
        "https://www.fbi.gov/",
        "built-in set of 20",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (_, out, _) = run(&[CLEAN]);
    assert!(out.contains("Nothing found") && out.contains("built-in set of 20"), "{out}");
    let (_, out, _) = run(&[BROKEN]);
    assert!(out.contains("NOT CHECKED") && out.contains("typing error at character 34"), "{out}");
}

#[test]
fn json_has_one_object_a_line_with_the_documented_fields() {
    let (code, objects) = json(&[LISTED, CLEAN, BROKEN]);
    assert_eq!((code, objects.len()), (Some(1), 3));
    let listed = &objects[0];
    assert_eq!((&listed["address"], &listed["level"]), (&LISTED.into(), &"danger".into()));
    let mut incidents: Vec<_> =
        listed["matches"].as_array().unwrap().iter().map(|m| m["incident"].as_str().unwrap()).collect();
    incidents.sort_unstable();
    assert_eq!(incidents, ["2023-06-atomic-wallet", "2023-07-alphapo", "2023-07-coinspaid"]);
    for found in listed["matches"].as_array().unwrap() {
        assert_eq!((&found["address"], &found["how"]), (&LISTED.into(), &"exact".into()));
        assert_eq!(found["chain"], "bip122:000000000019d6689c085ae165831e93");
        assert_eq!(
            (&found["actor"], &found["confidence"]),
            (&"lazarus-group".into(), &"authority_data".into())
        );
        assert!(found["source"]["url"].as_str().unwrap().starts_with("https://www.fbi.gov/"));
    }
    assert!(listed["asked"][0]["date"].as_str().unwrap().starts_with("20"));
    assert!(listed.get("problem").is_none());
    assert_eq!((&objects[1]["level"], &objects[1]["matches"]), (&"none".into(), &Value::Array(vec![])));
    assert_eq!((&objects[2]["level"], &objects[2]["problem"]["code"]), (&Value::Null, &"typing".into()));
}

#[test]
fn hostile_arguments_are_answered_not_crashed_on() {
    for text in ["", " ", "🦀", "0x", "bitcoincash:", ":", &"1".repeat(100_000)] {
        let (code, out, err) = run(&[text]);
        assert_eq!(code, Some(2), "{text}");
        assert!(out.contains("NOT CHECKED") && err.is_empty(), "{out}{err}");
    }
}
