//! What is in a set, statement by statement, and what changed between two: for those who publish them.

use super::error::SetError;
use super::format::{NONE, identity_of, record, section, word};
use super::read::Set;
use super::records::split_last_word;
use crate::address::Chain;
use crate::hex::hex;
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Confidence, Date, Share, Source};
use serde::Serialize;
use std::collections::BTreeMap;

/// The identities of one kind in a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableInfo {
    /// The name of the kind.
    pub kind: &'static str,
    /// How many there are.
    pub identities: usize,
    /// Whether they are kept whole, so that the addresses can be told.
    pub is_whole: bool,
}

/// What a tag says, without the address that it says it of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct Statement {
    pub label: String,
    /// The CAIP-2 id of the chain.
    pub chain: &'static str,
    pub incident: Option<String>,
    pub actor: Option<String>,
    pub abuse: String,
    pub role: String,
    pub concepts: Option<String>,
    pub confidence: &'static str,
    pub source: Source,
    pub asset: Option<String>,
    pub network: Option<String>,
    pub date: Option<String>,
    pub delisted: Option<String>,
    pub hops: Option<u32>,
    /// In millionths.
    pub share: Option<u32>,
}

/// What happened to one identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The name of its kind.
    pub kind: &'static str,
    /// Its key in hexadecimal: the identity itself where it is kept whole.
    pub key: String,
    /// The addresses by which it was published, where they can be told.
    pub addresses: Vec<String>,
    /// What was said of it; nothing where it is new.
    pub before: Vec<Statement>,
    /// What is said of it; nothing where it is gone.
    pub after: Vec<Statement>,
}

impl Set {
    /// The identities, kind by kind.
    pub fn tables(&self) -> Vec<TableInfo> {
        let info = |table: &super::table::Table| TableInfo {
            kind: table.kind.name(),
            identities: table.layout.count,
            is_whole: table.is_whole(),
        };
        self.tables.iter().map(info).collect()
    }

    /// Every statement, with how many identities it is made of.
    ///
    /// # Errors
    /// Where the set is damaged.
    pub fn statements(&self) -> Result<Vec<(Statement, u64)>, SetError> {
        let mut counts = vec![0_u64; self.lists()];
        for table in &self.tables {
            self.each_key(table, &mut |_, list| {
                if let Some(count) = counts.get_mut(list as usize) {
                    *count += 1;
                }
            });
        }
        let mut tags = vec![0_u64; self.tags()];
        for (list, count) in counts.into_iter().enumerate() {
            for tag in self.list(list as u32)? {
                *tags.get_mut(tag).ok_or(SetError::Damaged { part: "list of tags" })? += count;
            }
        }
        tags.into_iter().enumerate().map(|(at, count)| Ok((self.statement(at)?, count))).collect()
    }

    /// What is said of an identity, by the number of its list.
    fn said(&self, list: u32) -> Result<Vec<Statement>, SetError> {
        let mut said: Vec<Statement> =
            self.list(list)?.map(|tag| self.statement(tag)).collect::<Result<_, _>>()?;
        said.sort_unstable();
        Ok(said)
    }

    fn statement(&self, index: usize) -> Result<Statement, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of tags" };
        let row = &self.tag_row(index).ok_or(BAD)?[..];
        let number = |at| word(row, at).filter(|number| *number != NONE);
        let optional = |at| number(at).map(|_| self.text(row, at)).transpose();
        let date = |at| number(at).and_then(Date::from_number).map(|date| date.to_string());
        let source = self.record(section::SOURCES, record::SOURCE, word(row, 5).ok_or(BAD)? as usize);
        let source = source.ok_or(BAD)?;
        let (chain, _, confidence) = split_last_word(word(row, 14).ok_or(BAD)?);
        Ok(Statement {
            label: self.text(row, 0)?,
            chain: Chain::from_code(chain).ok_or(BAD)?.caip2,
            incident: optional(1)?,
            actor: optional(2)?,
            abuse: self.text(row, 3)?,
            role: self.text(row, 4)?,
            concepts: optional(10)?,
            confidence: Confidence::from_code(confidence).ok_or(BAD)?.id(),
            source: Source {
                title: self.text(source, 0)?,
                publisher: self.text(source, 1)?,
                url: self.text(source, 2)?,
                date: self.text(source, 3)?,
            },
            asset: optional(8)?,
            network: optional(9)?,
            date: date(11),
            delisted: date(6),
            hops: number(12),
            share: number(13).and_then(Share::from_millionths).map(Share::millionths),
        })
    }

    fn change(
        &self,
        kind: IdentityKind,
        key: &[u8],
        is_whole: bool,
        [before, after]: [Vec<Statement>; 2],
    ) -> Change {
        let identity = identity_of(kind, key).filter(|_| is_whole);
        let tags = identity.and_then(|identity: Identity| self.lookup(&identity).ok()).unwrap_or_default();
        let mut addresses: Vec<String> = tags.iter().map(|tag| tag.address.to_string()).collect();
        addresses.dedup();
        let key = identity.map_or_else(|| hex(key), |identity| identity.hex());
        Change { kind: kind.name(), key, addresses, before, after }
    }
}

/// Calls `each` with what changed from one set to another, kind by kind. An identity that one of them keeps whole and the
/// other does not is told as gone and come.
///
/// # Errors
/// Where one of them is damaged.
pub fn compare(old: &Set, new: &Set, mut each: impl FnMut(Change)) -> Result<(), SetError> {
    // The same says the same in both, whatever number its list has.
    let all = |set: &Set| (0..set.lists() as u32).map(|list| set.said(list)).collect::<Result<Vec<_>, _>>();
    let (old_said, new_said) = (all(old)?, all(new)?);
    for kind in IdentityKind::ALL {
        let mut keys: BTreeMap<(bool, Vec<u8>), [Option<u32>; 2]> = BTreeMap::new();
        for (side, set) in [old, new].into_iter().enumerate() {
            for table in set.tables.iter().filter(|table| table.kind == kind) {
                set.each_key(table, &mut |key, list| {
                    keys.entry((table.is_whole(), key.to_vec())).or_default()[side] = Some(list);
                });
            }
        }
        for ((is_whole, key), lists) in keys {
            let said = |list: Option<u32>, said: &[Vec<Statement>]| {
                list.and_then(|list| said.get(list as usize).cloned()).unwrap_or_default()
            };
            let both = [said(lists[0], &old_said), said(lists[1], &new_said)];
            if both[0] != both[1] {
                let set = if lists[1].is_some() { new } else { old };
                each(set.change(kind, &key, is_whole, both));
            }
        }
    }
    Ok(())
}
