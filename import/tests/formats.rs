//! Each importer on a small file in its format's real structure: what becomes a tag, what a fault, and on which line.

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
fn ofac_advanced() {
    let text = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML">
  <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>7</Month><Day>30</Day></DateOfIssue>
  <ReferenceValueSets>
    <FeatureTypeValues>
      <FeatureType ID="8" FeatureTypeGroupID="1">Birthdate</FeatureType>
      <FeatureType ID="344" FeatureTypeGroupID="1">Digital Currency Address - XBT</FeatureType>
      <FeatureType ID="4000" FeatureTypeGroupID="1">Digital Currency Address - NEWC</FeatureType>
      <FeatureType ID="726" FeatureTypeGroupID="1">Digital Currency Address - BCH</FeatureType>
    </FeatureTypeValues>
  </ReferenceValueSets>
  <DistinctParties>
    <DistinctParty FixedRef="27307">
      <Comment />
      <Profile ID="27307" PartySubTypeID="3">
        <Identity ID="1" FixedRef="27307" Primary="true" False="false">
          <Alias FixedRef="27307" AliasTypeID="1400" Primary="false" LowQuality="false">
            <DocumentedName ID="3"><DocumentedNamePart><NamePartValue>HIDDEN COBRA</NamePartValue></DocumentedNamePart></DocumentedName>
          </Alias>
          <Alias FixedRef="27307" AliasTypeID="1403" Primary="true" LowQuality="false">
            <DocumentedName ID="4">
              <DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215">LAZARUS</NamePartValue></DocumentedNamePart>
              <DocumentedNamePart><NamePartValue NamePartGroupID="2" ScriptID="215">GROUP &amp; CO</NamePartValue></DocumentedNamePart>
            </DocumentedName>
            <DocumentedName ID="5"><DocumentedNamePart><NamePartValue>ЛАЗАРЬ</NamePartValue></DocumentedNamePart></DocumentedName>
          </Alias>
        </Identity>
        <Feature ID="1" FeatureTypeID="8"><FeatureVersion><VersionDetail DetailTypeID="1432">1970</VersionDetail></FeatureVersion></Feature>
        <Feature ID="2" FeatureTypeID="344">
          <FeatureVersion ID="2" ReliabilityID="1560">
            <Comment />
            <VersionDetail DetailTypeID="1432">{BITCOIN}</VersionDetail>
          </FeatureVersion>
        </Feature>
        <Feature ID="3" FeatureTypeID="344"><FeatureVersion><VersionDetail>{TRON}</VersionDetail></FeatureVersion></Feature>
        <Feature ID="4" FeatureTypeID="4000"><FeatureVersion><VersionDetail>{ETHEREUM}</VersionDetail></FeatureVersion></Feature>
        <Feature ID="5" FeatureTypeID="726"><FeatureVersion><VersionDetail>{CASH}</VersionDetail></FeatureVersion></Feature>
        <Feature ID="6" FeatureTypeID="344"><FeatureVersion><VersionDetail>12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9x</VersionDetail></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
  </DistinctParties>
  <SanctionsEntries>
    <SanctionsEntry ID="1" ProfileID="27307" ListID="1550">
      <EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1"><Comment /><Date CalendarTypeID="1"><Year>2019</Year><Month>9</Month><Day>13</Day></Date></EntryEvent>
      <SanctionsMeasure ID="1" SanctionsTypeID="1705"><Comment /><DatePeriod CalendarTypeID="1" /></SanctionsMeasure>
      <SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>DPRK3</Comment><DatePeriod CalendarTypeID="1" /></SanctionsMeasure>
    </SanctionsEntry>
  </SanctionsEntries>
</Sanctions>"#
    );
    let done = compiled("sdn_advanced.xml", "ofac-advanced", &text, Options { date: None, ..options() });
    assert_eq!((done.set.info().identities, &*done.set.info().date), (4, "2026-07-30"));
    let tag = done.tag(BITCOIN);
    assert_eq!(
        (&*tag.label, &*tag.abuse, tag.confidence),
        ("LAZARUS GROUP & CO", "sanction", Confidence::AuthorityData)
    );
    assert_eq!((tag.asset.as_deref(), &*tag.source.date), (Some("XBT"), "2019-09-13"));
    assert_eq!(tag.source.url, "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=27307");
    let actor = done.set.actor(&tag.actor.unwrap()).unwrap();
    assert!(actor.about.contains("DPRK3"));
    // The asset's code is kept and names no chain.
    assert_eq!(done.tag(TRON).asset.as_deref(), Some("XBT"));
    assert_eq!(done.tag(TRON).address.chain().ticker, "TRX");
    assert_eq!(done.tag(ETHEREUM).asset.as_deref(), Some("NEWC"));
    assert_eq!(done.tag(CASH).address.chain().ticker, "BCH");
    let [(line, reason)] = &done.faults[..] else { panic!("{:?}", done.faults) };
    assert_eq!(*line, 38);
    assert!(reason.contains("checksum is wrong"), "{reason}");
}

#[test]
fn ofac_sdn() {
    let text = format!(
        "<?xml version=\"1.0\" standalone=\"yes\"?>
<sdnList xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"http://tempuri.org/sdnList.xsd\">
  <publshInformation><Publish_Date>07/30/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
  <sdnEntry>
    <uid>17760</uid><firstName>Ali</firstName><lastName>KHORASHADIZADEH</lastName><sdnType>Individual</sdnType>
    <programList><program>CYBER2</program></programList>
    <idList>
      <id><uid>1</uid><idType>Passport</idType><idNumber>T14553558</idNumber></id>
      <id><uid>2</uid><idType>Digital Currency Address - XBT</idType><idNumber>
        {BITCOIN}
      </idNumber></id>
      <id><uid>3</uid><idType>Digital Currency Address - XMR</idType><idNumber>{MONERO}</idNumber></id>
      <id><uid>4</uid><idType>Digital Currency Address - ETH</idType><idNumber>0x1</idNumber></id>
    </idList>
    <akaList><aka><uid>9</uid><lastName>MASTERED</lastName></aka></akaList>
  </sdnEntry>
</sdnList>"
    );
    let done = compiled("sdn.xml", "ofac-sdn", &text, Options { date: None, ..options() });
    assert_eq!((done.set.info().identities, &*done.set.info().date), (2, "2026-07-30"));
    let tag = done.tag(BITCOIN);
    assert_eq!((&*tag.label, tag.actor.as_deref()), ("Ali KHORASHADIZADEH", Some("ofac-17760")));
    assert_eq!(done.tag(MONERO).asset.as_deref(), Some("XMR"));
    assert_eq!(done.faults.len(), 1);
    assert_eq!(done.faults[0].0, 13);
}

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
        wallet("w-5", MONERO, &format!(r#","sanctions":[{}]"#, sanction("s-6", "", &ends("2022-01-02")))),
    ];
    let done = compiled("entities.ftm.json", "followthemoney", &text.join("\n"), options());
    assert_eq!(done.faults, []);
    let delisted = |address| done.tag(address).delisted.map_or_else(String::new, |day| day.to_string());
    assert_eq!(
        [BITCOIN, TRON, ETHEREUM, CASH, MONERO].map(delisted),
        ["2024-06-30", "", "", "", "2022-01-02"]
    );
    // What nobody is known to hold is not called by its own address.
    let tag = done.tag(ETHEREUM);
    assert_eq!((&*tag.label, &*tag.abuse), ("Wallet linked to terrorism", "terrorism"));
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
        &format!("[{}, {}]", event("e-1", BITCOIN), event("e-2", "nonsense")),
        options(),
    );
    assert_eq!((done.tag(BITCOIN).incident.as_deref(), done.faults.len()), (Some("e-1"), 1));
    let done = compiled("deep.json", "misp", &format!("{}\"Event\"", "[".repeat(9)), options());
    assert_eq!(done.faults.len(), 1);
}

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
        compiler.read(named("tagpack").unwrap(), &Input::new(&pack(file, include), &|_| {}));
        let faults = compiler.take_faults();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(5)], "{faults:?}");
        let set = Set::open(compiler.finish().unwrap().bytes).unwrap();
        // No other file says when: the pack was kept up to then.
        assert_eq!(set.info().date.to_string(), "2020-01-03");
        let tags = set.lookup(&read(BITCOIN).unwrap().addresses[0].identity()).unwrap();
        assert_eq!((&*tags[0].source.title, &*tags[0].label), (title, "A thief"));
    }
    for include in
        ["!include ../header.yaml", "!include /etc/hostname", "!include nothing.yaml", "!include a.yaml"]
    {
        let mut compiler = Compiler::new(options(), safeguards());
        compiler.read(named("tagpack").unwrap(), &Input::new(&pack("2021/a.yaml", include), &|_| {}));
        let faults = compiler.take_faults();
        let is_told =
            |fault: &taintwatch_import::Fault| fault.line == Some(2) && fault.reason.contains("nclude");
        assert!(faults.len() == 1 && is_told(&faults[0]), "{include}: {faults:?}");
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
        let done = compiled("a.csv", "csv", &format!("{header}{BITCOIN}\n{TRON}\n"), options());
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
        compiled("a.csv", "csv", &format!("address,label\r{BITCOIN},x\rnonsense,y\rnonsense,z\r"), options());
    assert_eq!(old.faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4], "{:?}", old.faults);
}

#[test]
fn text_as_windows_writes_it() {
    let text = format!("address,label\r\n{BITCOIN},\"Müller\"\r\nnonsense,x\r\n\r\n");
    let folder = tempfile::tempdir().unwrap();
    let units = || text.encode_utf16();
    let little = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect::<Vec<_>>();
    let big = [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
    for bytes in [little, big, format!("\u{feff}{text}").into_bytes()] {
        let path = folder.path().join("a.csv");
        fs::write(&path, bytes).unwrap();
        let input = Input::new(&path, &|_| {});
        let mut compiler = Compiler::new(options(), safeguards());
        compiler.read(fitting(&input).unwrap(), &input);
        let faults = compiler.take_faults();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(3)], "{faults:?}");
        let set = Set::open(compiler.finish().unwrap().bytes).unwrap();
        let tags = set.lookup(&read(BITCOIN).unwrap().addresses[0].identity()).unwrap();
        assert_eq!(tags[0].label, "Müller");
    }
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let columns = [("address".to_owned(), "Wallet".to_owned())].into_iter().collect();
    let done = compiled("a.csv", "csv", "one,two\n1,2\n", Options { columns, ..options() });
    assert!(done.faults[0].1.contains("there are: one, two"), "{:?}", done.faults);
}

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
