//! OFAC's two files.

use super::*;

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
