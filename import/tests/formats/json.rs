//! FollowTheMoney, STIX and MISP.

use super::*;

#[test]
fn followthemoney() {
    // The holder stands before one wallet and behind another.
    let text = format!(
        r#"{{"id":"NK-1","caption":"Lazarus Group","schema":"Organization","properties":{{"name":["Lazarus Group"],"program":["DPRK3"]}},"datasets":["us_ofac_sdn"]}}
{{"id":"w-1","caption":"{BITCOIN}","schema":"CryptoWallet","properties":{{"publicKey":["{BITCOIN}"],"currency":["XBT"],"holder":["NK-1"],"topics":["sanction"]}},"datasets":["us_ofac_sdn","us_ofac_press"],"first_seen":"2023-04-20T10:20:30","last_change":"2025-03-01T00:00:00"}}
{{"id":"w-2","caption":"","schema":"CryptoWallet","properties":{{"publicKey":["{TRON}"],"holder":["NK-2"],"topics":["crime"]}},"datasets":["il_mod_crypto"]}}
{{"id":"w-3","schema":"CryptoWallet","properties":{{"currency":["XBT"]}},"datasets":[]}}
{{"id":"NK-2","caption":"An exchange","schema":"Company","properties":{{}},"datasets":[]}}
"#
    );
    let done = compiled("entities.ftm.json", "followthemoney", &text, options());
    let tag = done.tag(BITCOIN);
    assert_eq!((&*tag.label, &*tag.abuse, tag.actor.as_deref()), ("Lazarus Group", "sanction", Some("NK-1")));
    assert_eq!(tag.source.title, "OpenSanctions: us_ofac_sdn, us_ofac_press");
    assert_eq!(tag.source.url, "https://www.opensanctions.org/entities/w-1/");
    assert_eq!((tag.confidence, &*tag.source.date), (Confidence::TrustedProvider, "2025-03-01"));
    assert_eq!(tag.asset.as_deref(), Some("XBT"));
    assert_eq!(done.set.actor("NK-1").unwrap().about, "Listed under DPRK3.");
    let other = done.tag(TRON);
    assert_eq!(
        (&*other.label, &*other.abuse, &other.concepts[..]),
        ("An exchange", "", &["crime".to_owned()][..])
    );
    assert_eq!(done.faults.len(), 1);
    assert_eq!(done.faults[0].0, 4);
}

#[test]
fn followthemoney_nested() {
    let text = format!(
        r#"{{"id":"w-1","caption":"{BITCOIN}","schema":"CryptoWallet","properties":{{"publicKey":["{BITCOIN}"],"holder":[{{"id":"NK-1","caption":"Lazarus Group","schema":"Organization","properties":{{"program":["DPRK3"]}}}}],"topics":["sanction"]}},"datasets":["us_ofac_sdn"],"last_change":"2025-03-01T00:00:00"}}
{{"id":"NK-2","caption":"An exchange","schema":"Company","properties":{{"name":["An exchange"],"cryptoWallets":[{{"id":"w-2","schema":"CryptoWallet","properties":{{"publicKey":["{TRON}"]}}}},{{"id":"w-3","schema":"CryptoWallet","properties":{{"publicKey":["nonsense"]}}}}]}},"datasets":["il_mod_crypto"]}}
"#
    );
    let done = compiled("targets.nested.json", "followthemoney", &text, Options { date: None, ..options() });
    // No day is given, and the file names none on which it was issued.
    assert_eq!(done.set.info().date.to_string(), "2025-03-01");
    for (address, label, actor) in [(BITCOIN, "Lazarus Group", "NK-1"), (TRON, "An exchange", "NK-2")] {
        let tag = done.tag(address);
        assert_eq!((&*tag.label, tag.actor.as_deref()), (label, Some(actor)));
        assert_eq!(done.set.actor(actor).unwrap().label, label);
    }
    assert_eq!(done.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
}

/// Israel's seizure orders end; OpenSanctions then leaves the topic away.
#[test]
fn followthemoney_of_what_ended() {
    let wallet = |id: &str, address: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","caption":"{address}","schema":"CryptoWallet","properties":{{"publicKey":["{address}"]{more}}},"datasets":["il_mod_crypto"],"last_change":"2026-01-01T00:00:00"}}"#
        )
    };
    let sanction = |id: &str, of: &str, end: &str| {
        format!(
            r#"{{"id":"{id}","schema":"Sanction","properties":{{"entity":["{of}"],"startDate":["2021-07-01"]{end}}},"datasets":["il_mod_crypto"]}}"#
        )
    };
    let ends = |day: &str| format!(r#","endDate":["{day}"]"#);
    let topic = r#","topics":["crime.terror"]"#;
    const HOLDER: &str =
        r#""holder":[{"id":"NK-1","caption":"An exchange","schema":"Company","properties":{}}]"#;
    let text = [
        sanction("s-1", "w-1", &ends("2023-06-30")),
        wallet("w-1", BITCOIN, ""),
        sanction("s-2", "w-1", &ends("2024-06-30")),
        // One of two is in force, one of one is to end, none is known, and one is nested.
        wallet("w-2", TRON, ""),
        sanction("s-3", "w-2", &ends("2023-06-30")),
        sanction("s-4", "w-2", ""),
        wallet("w-3", ETHEREUM, topic),
        sanction("s-5", "w-3", &ends("2027-06-30")),
        wallet("w-4", CASH, ""),
        wallet(
            "w-5",
            MONERO,
            &format!(r#","sanctions":[{}],{HOLDER}"#, sanction("s-6", "", &ends("2022-01-02"))),
        ),
    ];
    let done = compiled("entities.ftm.json", "followthemoney", text.join("\n"), options());
    assert_eq!(done.faults, []);
    let delisted = |address| done.tag(address).delisted.map_or_else(String::new, |day| day.to_string());
    assert_eq!(
        [BITCOIN, TRON, ETHEREUM, CASH, MONERO].map(delisted),
        ["2024-06-30", "", "", "", "2022-01-02"]
    );
    // What nobody is known to hold is not called by its own address.
    let tag = done.tag(ETHEREUM);
    assert_eq!((&*tag.label, &*tag.abuse), ("Wallet linked to terrorism", "terrorism"));
    let held = done.tag(MONERO);
    assert_eq!((&*held.label, held.actor.as_deref()), ("An exchange", Some("NK-1")));
}

#[test]
fn followthemoney_of_no_dataset() {
    let text =
        format!(r#"{{"id":"w-1","schema":"CryptoWallet","properties":{{"publicKey":["{BITCOIN}"]}}}}"#);
    let tag = compiled("entities.ftm.json", "followthemoney", text, options()).tag(BITCOIN);
    assert_eq!((&*tag.source.title, &*tag.label), ("OpenSanctions", "Wallet on a list of OpenSanctions"));
}

#[test]
fn of_many_rows_of_json_the_line_is_told() {
    // Counted from the beginning for each row, the lines of these would take minutes.
    let count = 50_000_u32;
    let rows = |row: &dyn Fn(&str) -> String| {
        let addresses = (0..count).map(|number| format!("0x{number:040x}")).chain(["nonsense".to_owned()]);
        addresses.map(|address| row(&address)).collect::<Vec<_>>().join(",\n")
    };
    let stix = rows(&|address| format!(r#"{{"type": "cryptocurrency-wallet", "value": "{address}"}}"#));
    let misp = rows(&|address| format!(r#"{{"type": "btc", "value": "{address}"}}"#));
    let list = rows(&|address| format!(r#""{address}": {{}}"#));
    for (format, text) in [
        ("stix", format!("{{\"id\": \"bundle--1\", \"objects\": [\n{stix}]}}")),
        (
            "misp",
            format!("{{\"response\": [{{\"Event\": {{\"info\": \"i\", \"Attribute\": [\n{misp}]}}}}]}}"),
        ),
        ("list", format!("{{\n{list}}}")),
    ] {
        let done = compiled("a.json", format, &text, options());
        assert_eq!(done.set.info().identities, count);
        let lines: Vec<u64> = done.faults.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2 + u64::from(count)]);
    }
}

#[test]
fn stix() {
    let text = format!(
        r#"{{
  "type": "bundle", "id": "bundle--1",
  "objects": [
    {{"type": "identity", "spec_version": "2.1", "id": "identity--1", "name": "An institute"}},
    {{"type": "cryptocurrency-wallet", "spec_version": "2.1", "id": "cryptocurrency-wallet--1",
      "value": "{BITCOIN}", "created_by_ref": "identity--1", "modified": "2025-05-06T07:08:09Z", "confidence": 80,
      "labels": ["ransom payment"],
      "external_references": [{{"source_name": "report", "description": "A report", "url": "https://report.example/1"}}]}},
    {{"type": "cryptocurrency-wallet", "spec_version": "2.1", "id": "cryptocurrency-wallet--2",
      "address": "{ETHEREUM}", "created": "2025-01-01T00:00:00Z", "revoked": true, "confidence": 5}},
    {{"type": "cryptocurrency-wallet", "id": "cryptocurrency-wallet--3", "value": "bc1ignored"}},
    {{"type": "intrusion-set", "id": "intrusion-set--1", "name": "Lazarus Group", "description": "Robbers.\nMore."}},
    {{"type": "campaign", "id": "campaign--1", "name": "A theft", "first_seen": "2024-02-03T00:00:00Z"}},
    {{"type": "relationship", "source_ref": "intrusion-set--1", "relationship_type": "uses", "target_ref": "cryptocurrency-wallet--1"}},
    {{"type": "relationship", "source_ref": "cryptocurrency-wallet--1", "relationship_type": "related-to", "target_ref": "campaign--1"}}
  ]
}}"#
    );
    let done = compiled("bundle.json", "stix", &text, options());
    let tag = done.tag(BITCOIN);
    assert_eq!((&*tag.label, tag.actor.as_deref()), ("A theft", Some("intrusion-set--1")));
    assert_eq!(
        (tag.confidence, &tag.concepts[..]),
        (Confidence::Forensic, &["ransom_payment".to_owned()][..])
    );
    assert_eq!((&*tag.source.publisher, &*tag.source.url), ("An institute", "https://report.example/1"));
    let incident = done.set.incident("campaign--1").unwrap();
    assert_eq!((&*incident.title, &*incident.date), ("A theft", "2024-02-03"));
    let revoked = done.tag(ETHEREUM);
    assert_eq!(revoked.delisted.unwrap().to_string(), "2025-01-01");
    assert_eq!(revoked.confidence, Confidence::Unknown);
    assert_eq!(done.faults.len(), 1);
    assert_eq!(done.faults[0].0, 11);
}

#[test]
fn misp() {
    let text = format!(
        r#"{{"response": [{{"Event": {{
  "uuid": "e-1", "info": "A theft", "date": "2023-07-22", "Orgc": {{"name": "A CERT"}},
  "Tag": [{{"name": "tlp:clear"}}],
  "Attribute": [
    {{"type": "btc", "value": "{BITCOIN}", "comment": "hot wallet", "timestamp": "1690012799"}},
    {{"type": "link", "value": "https://report.example/2"}},
    {{"type": "xmr", "value": "{MONERO}", "comment": "", "timestamp": "1690012799", "deleted": true}},
    {{"type": "btc", "value": "nonsense"}}
  ],
  "Object": [
    {{"name": "coin-address", "comment": "drainer", "Attribute": [
      {{"type": "text", "object_relation": "symbol", "value": "TRX"}},
      {{"type": "text", "object_relation": "address-crypto", "value": "{TRON}"}}]}},
    {{"name": "person", "Attribute": [{{"type": "text", "object_relation": "address", "value": "x"}}]}}
  ]
}}}}]}}"#
    );
    let done = compiled("event.json", "misp", &text, options());
    let tag = done.tag(BITCOIN);
    assert_eq!(
        (&*tag.label, tag.incident.as_deref(), tag.asset.as_deref()),
        ("hot wallet", Some("e-1"), Some("BTC"))
    );
    assert_eq!((&*tag.source.publisher, &*tag.source.url), ("A CERT", "https://report.example/2"));
    assert_eq!(tag.date.unwrap().to_string(), "2023-07-22");
    assert_eq!(done.tag(MONERO).delisted.unwrap().to_string(), "2023-07-22");
    assert_eq!(done.tag(TRON).label, "drainer");
    assert_eq!(done.set.incident("e-1").unwrap().title, "A theft");
    assert_eq!(done.faults.len(), 1);
    assert_eq!(done.faults[0].0, 8);
}

#[test]
fn misp_coin_addresses() {
    let address = |relation: &str, value: &str, more: &str| {
        format!(r#"{{"type": "text", "object_relation": "{relation}", "value": "{value}"{more}}}"#)
    };
    let object = |attributes: &[String]| {
        format!(r#"{{"name": "coin-address", "Attribute": [{}]}}"#, attributes.join(", "))
    };
    let at = r#", "timestamp": "1690012799""#;
    let objects = [
        object(&[address("address", BITCOIN, &format!(r#"{at}, "deleted": false"#))]),
        object(&[
            address("address", CASH, &format!(r#"{at}, "deleted": "1""#)),
            address("symbol", "BCH", ""),
        ]),
        object(&[
            address("symbol", "XMR", ""),
            address("address-xmr", MONERO, at),
            address("text", TRON, ""),
        ]),
    ];
    let text = format!(
        r#"{{"Event": {{"uuid": "e-1", "info": "A theft", "Tag": [{{"name": "tlp:clear"}}, {{"name": "a b"}}],
        "Attribute": [{{"type": "link", "value": "https://a.example"}}, {{"type": "link", "value": "https://b.example"}}],
        "Object": [{}]}}}}"#,
        objects.join(",\n")
    );
    let done = compiled("event.json", "misp", text, options());
    assert_eq!((done.faults.len(), done.set.info().identities), (0, 3), "{:?}", done.faults);
    for (address, asset, delisted) in
        [(BITCOIN, "BTC", None), (CASH, "BCH", Some("2023-07-22")), (MONERO, "XMR", None)]
    {
        let tag = done.tag(address);
        assert_eq!((tag.asset.as_deref(), &*tag.source.url), (Some(asset), "https://a.example"));
        assert_eq!(tag.delisted.map(|day| day.to_string()).as_deref(), delisted);
        assert_eq!(tag.concepts, ["tlp:clear", "a_b"]);
    }
}

#[test]
fn misp_as_searches_answer() {
    let own =
        |uuid, info| format!(r#""Event": {{"uuid": "{uuid}", "info": "{info}", "date": "2023-07-22"}}"#);
    let attributes = format!(
        r#"[{{"type": "btc", "value": "{BITCOIN}", {}}},
        {{"type": "link", "value": "https://report.example/2", {}}},
        {{"type": "xmr", "value": "{MONERO}", "comment": "a wallet", {}}}]"#,
        own("e-1", "A theft"),
        own("e-3", "A third"),
        own("e-2", "Another"),
    );
    let wrapped = format!(r#"{{"response": {{"Attribute": {attributes}}}}}"#);
    for text in [format!(r#"{{"Attribute": {attributes}}}"#), wrapped] {
        let done = compiled("attributes.json", "misp", &text, options());
        assert_eq!(done.faults, []);
        let tag = done.tag(BITCOIN);
        assert_eq!(
            (&*tag.label, tag.incident.as_deref(), &*tag.source.date),
            ("A theft", Some("e-1"), "2023-07-22")
        );
        assert_eq!(done.tag(MONERO).label, "a wallet");
        // The link is another event's.
        assert_eq!(tag.source.url, "");
        assert_eq!(done.set.incident("e-2").unwrap().title, "Another");
    }
    let event = |uuid, address| {
        format!(
            r#"{{"Event": {{"uuid": "{uuid}", "info": "A theft", "Attribute": [{{"type": "btc", "value": "{address}"}}]}}}}"#
        )
    };
    let done = compiled(
        "events.json",
        "misp",
        format!("[{}, {}]", event("e-1", BITCOIN), event("e-2", "nonsense")),
        options(),
    );
    assert_eq!((done.tag(BITCOIN).incident.as_deref(), done.faults.len()), (Some("e-1"), 1));
    let done = compiled("deep.json", "misp", format!("{}\"Event\"", "[".repeat(9)), options());
    assert_eq!(done.faults.len(), 1);
}
