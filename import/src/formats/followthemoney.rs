//! FollowTheMoney entities as JSON lines, as OpenSanctions publishes them: `CryptoWallet`, with its holder and its
//! sanctions, each on a line of its own or nested one in the other.

use super::json::text;
use super::{Importer, Sink};
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use serde_json::Value;
use std::collections::BTreeMap;
use taintwatch::Actor;

pub(crate) struct FollowTheMoney;

const WALLET: &str = "CryptoWallet";
const SANCTION: &str = "Sanction";

/// For each wallet's id when its sanctions ended, empty for one that did not.
type Ends = BTreeMap<String, Vec<String>>;

impl Importer for FollowTheMoney {
    fn name(&self) -> &'static str {
        "followthemoney"
    }

    fn about(&self) -> &'static str {
        "FollowTheMoney entities as JSON lines (OpenSanctions' entities.ftm.json, targets.nested.json): CryptoWallet"
    }

    fn confidence(&self) -> &'static str {
        "trusted_provider"
    }

    fn fits(&self, name: &str, beginning: &str) -> bool {
        let first = beginning.lines().next().unwrap_or_default();
        name.ends_with(".ftm.json") || first.contains("\"schema\"") && first.contains("\"properties\"")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        // Whose wallets there are is only known at the end; holders may stand before or behind.
        let mut wallets = Vec::new();
        let mut holders: BTreeMap<String, Actor> = BTreeMap::new();
        let mut ends = Ends::new();
        input.each_line(&mut |line, part| {
            if !part.contains(WALLET) {
                return;
            }
            match serde_json::from_str::<Value>(part) {
                Ok(entity) => {
                    collect(entity, None, &mut ends, &mut |wallet, owner| {
                        for id in values(&wallet, "holder") {
                            holders.entry(id.to_owned()).or_default();
                        }
                        if let Some(owner) = &owner {
                            holders.insert(owner.id.clone(), owner.clone());
                        }
                        wallets.push((line, wallet, owner.map(|owner| owner.id)));
                    });
                }
                Err(error) => sink.fault(Some(line), format!("this line is not JSON: {error}")),
            }
        })?;
        if !wallets.is_empty() {
            input.each_line(&mut |_, part| {
                let holder = quick_id(part).filter(|id| holders.contains_key(*id));
                if holder.is_none() && !part.contains("\"Sanction\"") {
                    return;
                }
                let Ok(entity) = serde_json::from_str::<Value>(part) else { return };
                if let Some(id) = holder {
                    holders.insert(id.to_owned(), actor(&entity));
                } else if text(&entity, "schema") == SANCTION {
                    for id in values(&entity, "entity") {
                        if let Some(ends) = ends.get_mut(id) {
                            ends.push(end(&entity));
                        }
                    }
                }
            })?;
        }
        for actor in holders.values().filter(|actor| !actor.id.is_empty()) {
            sink.actor(actor.clone());
        }
        for (line, wallet, owner) in &wallets {
            let holder = values(wallet, "holder").first().copied().or(owner.as_deref()).unwrap_or_default();
            let whose = (holder, holders.get(holder).map_or("", |actor| &actor.label));
            hand_over(*line, wallet, whose, &ended(wallet, &ends), sink);
        }
        Ok(())
    }
}

/// Gives each wallet of an entity, which may be one or have some nested in it, and whose it is where that is nested too.
fn collect(
    mut entity: Value,
    around: Option<&Actor>,
    ends: &mut Ends,
    give: &mut dyn FnMut(Value, Option<Actor>),
) {
    let own = actor(&entity);
    let is_wallet = text(&entity, "schema") == WALLET;
    if is_wallet {
        ends.entry(own.id.clone()).or_default();
    }
    let mut holder = None;
    for (name, values) in entity.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        for value in values.as_array_mut().into_iter().flatten().filter(|value| value.is_object()) {
            if is_wallet && name == "holder" {
                holder = Some(actor(value));
            }
            if is_wallet && text(value, "schema") == SANCTION {
                ends.entry(own.id.clone()).or_default().push(end(value));
            }
            collect(value.take(), (!is_wallet).then_some(&own), ends, give);
        }
    }
    if is_wallet {
        give(entity, holder.or_else(|| around.cloned()));
    }
}

fn actor(entity: &Value) -> Actor {
    let id = text(entity, "id");
    Actor { id: id.to_owned(), label: caption(entity).to_owned(), uri: page(id), about: about(entity) }
}

/// When a sanction ended or is to end; empty where it is for good.
fn end(sanction: &Value) -> String {
    values(sanction, "endDate").into_iter().max().unwrap_or_default().to_owned()
}

/// When the last of a wallet's sanctions ended; empty where one is in force. What is to end has ended once the publisher
/// says nothing against the wallet any more.
fn ended(wallet: &Value, ends: &Ends) -> String {
    let ends = ends.get(text(wallet, "id")).filter(|ends| !ends.iter().any(String::is_empty));
    let is_clear = values(wallet, "topics").is_empty();
    ends.filter(|_| is_clear).and_then(|ends| ends.iter().max()).cloned().unwrap_or_default()
}

/// Hands over a wallet with the id and the label of its holder.
fn hand_over(line: u64, wallet: &Value, holder: (&str, &str), delisted: &str, sink: &mut dyn Sink) {
    let keys = values(wallet, "publicKey");
    if keys.is_empty() {
        sink.fault(Some(line), format!("the wallet {} has no publicKey", text(wallet, "id")));
    }
    let topics = values(wallet, "topics");
    let (abuse, sort) = if topics.contains(&"sanction") {
        ("sanction", "Sanctioned wallet")
    } else if topics.contains(&"crime.terror") {
        ("terrorism", "Wallet linked to terrorism")
    } else if topics.iter().any(|topic| topic.starts_with("crime")) {
        ("", "Wallet linked to crime")
    } else {
        ("", "Wallet on a list of OpenSanctions")
    };
    let named = [holder.1, caption(wallet)];
    // Who is not named is captioned by the address.
    let label = named.into_iter().find(|name| !name.is_empty() && !keys.contains(name)).unwrap_or(sort);
    let datasets = strings(wallet.get("datasets"));
    let title = match datasets.join(", ") {
        names if names.is_empty() => "OpenSanctions".to_owned(),
        names => format!("OpenSanctions: {names}"),
    };
    let changed = [text(wallet, "last_change"), text(wallet, "last_seen"), text(wallet, "first_seen")];
    let changed = changed.into_iter().find(|time| !time.is_empty()).unwrap_or_default();
    for address in keys {
        sink.entry(&Entry {
            line: Some(line),
            address,
            asset: values(wallet, "currency").first().copied().unwrap_or_default(),
            label,
            actor: holder.0,
            abuse,
            concepts: &topics.join(" "),
            delisted,
            source: SourceFields {
                title: &title,
                publisher: "OpenSanctions",
                url: &page(text(wallet, "id")),
                date: changed,
            },
            date: changed,
            ..Entry::default()
        });
    }
}

/// What is known of a holder, in a sentence.
fn about(entity: &Value) -> String {
    let programs = values(entity, "program");
    if programs.is_empty() { String::new() } else { format!("Listed under {}.", programs.join(", ")) }
}

fn caption(entity: &Value) -> &str {
    match text(entity, "caption") {
        "" => values(entity, "name").first().copied().unwrap_or_default(),
        caption => caption,
    }
}

fn page(id: &str) -> String {
    format!("https://www.opensanctions.org/entities/{id}/")
}

fn values<'a>(entity: &'a Value, property: &str) -> Vec<&'a str> {
    strings(entity.get("properties").and_then(|properties| properties.get(property)))
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The id that a line begins with, without parsing the line: there are millions of them.
fn quick_id(line: &str) -> Option<&str> {
    let start = line.find("\"id\"")?;
    let rest = line[start + 4..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}
