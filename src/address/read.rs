//! Reading one address: every chain and form that the text can be, or what is wrong with it.

use super::chain::{Family, TRON_VERSION, bitcoin_like_chains, by_hrp, by_version, ethereum, tron};
use super::form::witness;
use super::indirect::indirect;
use super::own::Spelling;
use super::parted::{characters, parted, parted_at_last, strip_ignoring_case};
use super::pattern::Among;
use super::shape::{Shape, group};
use super::{Address, Chain, Extra, Form, Problem, Reading, base58, bech32, cashaddr, evm};
use crate::identity::{Identity, IdentityKind};

const BASE58: &str = "a Bitcoin-style address";
const SEGWIT: &str = "a segwit address";
const CASHADDR: &str = "a Bitcoin Cash address";
const EVM: &str = "an Ethereum-style address";
const ICAP: &str = "an ICAP address";
const TRON_HEX: &str = "a TRON address in hexadecimal";

/// Reads one address: the whole text, but for white space around it.
///
/// # Errors
/// A [`Problem`] that says what the text looks like and what is wrong with it.
///
/// ```
/// use taintwatch::{Problem, read};
/// let reading = read("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq").unwrap();
/// assert_eq!(reading.addresses[0].chain().name, "Bitcoin");
/// assert!(matches!(read("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdz"), Err(Problem::Checksum { .. })));
/// ```
pub fn read(text: &str) -> Result<Reading, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let shape = Shape::of(text.as_bytes());
    if shape.has(group::COLON)
        && let Some(reading) = read_caip10(text)
    {
        return reading;
    }
    let reading = readings(text, shape, Among::Shaped).or_else(|problem| match problem {
        // What is nothing as it stands may have come close to something.
        Problem::NotAnAddress => readings(text, shape, Among::Near),
        problem => Err(problem),
    });
    match reading {
        Err(Problem::NotAnAddress) => Err(indirect(text).unwrap_or(Problem::NotAnAddress)),
        reading => reading.map(|reading| reading.with_warning(text)),
    }
}

/// Reads what a scan came upon, where only an address counts and not what is wrong with something else.
/// `hashes` tells whether what may as well be a hash is one.
/// What is odd about it is left out.
pub(crate) fn recognise(text: &str, shape: Shape, hashes: bool) -> Option<Reading> {
    let among = if hashes { Among::Shaped } else { Among::NoHashes };
    shape.may_be_an_address(hashes).then(|| readings(text, shape, among).ok()).flatten()
}

/// Every reading in these spellings; in those of the families as well where the shape fits.
fn readings(text: &str, shape: Shape, among: Among) -> Result<Reading, Problem> {
    let none = Reading { addresses: Vec::new(), warning: None };
    let (family, family_problem) = if among != Among::Near && !shape.may_be_of_family() {
        (none, Some(Problem::NotAnAddress))
    } else {
        match read_family(text, shape, among) {
            Ok(reading) => (reading, None),
            Err(problem) => (none, Some(problem)),
        }
    };
    let (own, own_problem) = read_own(text, shape, among);
    let Reading { mut addresses, warning } = family;
    addresses.extend(own);
    // The chains' own spellings look closer than "not an address".
    let problem = match family_problem {
        Some(Problem::NotAnAddress) => own_problem.or(family_problem),
        other => other.or(own_problem),
    };
    // A mistyped address of one chain must not pass as one of a chain whose addresses have no checksum.
    let only_guessed = addresses.iter().all(|address| address.chain.ticker == SOLANA);
    match problem {
        Some(problem) if only_guessed && (addresses.is_empty() || problem != Problem::NotAnAddress) => {
            Err(problem)
        }
        _ => Ok(Reading { addresses, warning }),
    }
}

/// The chain of which any 32 bytes in base 58 are an address.
pub(super) const SOLANA: &str = "SOL";

/// A text of the form that CAIP-10 has, `namespace:reference:address`: only the readings on that chain.
fn read_caip10(text: &str) -> Option<Result<Reading, Problem>> {
    let (chain, address) = parted_at_last(text, b':')?;
    let chain = parted(chain, b':').and_then(|_| Chain::named(chain))?;
    Some(read_on(chain, address))
}

/// Reads one address of a chain that is known from elsewhere: as [`read`], but only the readings on it, and in less
/// time.
///
/// # Errors
/// [`Problem::WrongChain`] where it is an address, but on other chains; else what [`read`] says.
///
/// ```
/// use taintwatch::{Chain, Problem, read_on};
/// let litecoin = Chain::named("LTC").unwrap();
/// assert_eq!(read_on(litecoin, "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG").unwrap().addresses.len(), 1);
/// let bitcoin = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
/// assert_eq!(read_on(litecoin, bitcoin), Err(Problem::WrongChain { chain: "Litecoin" }));
/// ```
pub fn read_on(chain: &'static Chain, text: &str) -> Result<Reading, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let own = chain.own.iter().filter_map(|spelling| read_spelling(chain, *spelling, text)?.ok());
    let addresses: Vec<Address> = read_on_family(chain, text).into_iter().chain(own).collect();
    if !addresses.is_empty() {
        return Ok(Reading { addresses, warning: None }.with_warning(text));
    }
    let mut reading = read(text)?;
    reading.addresses = reading.addresses.into_iter().filter_map(|address| address.on(chain)).collect();
    if reading.addresses.is_empty() { Err(Problem::WrongChain { chain: chain.name }) } else { Ok(reading) }
}

/// Whether a text is an address of this chain without anything odd about it.
#[cfg(target_arch = "wasm32")]
pub(crate) fn is_on(chain: &'static Chain, text: &str) -> bool {
    match hash_on_family(chain, text) {
        Some((Form::Evm, ..)) => !has_wrong_case(text),
        Some(_) => true,
        None => {
            let is_own =
                |spelling: &Spelling| matches!(spelling.codec.read(spelling.mark, text), Some(Ok(_)));
            segwit_on_family(chain, text).is_some()
                || (!text.is_empty() && chain.own.iter().any(is_own))
                || read_on(chain, text).is_ok_and(|reading| reading.warning.is_none())
        }
    }
}

/// The hexadecimal digits of an EVM address.
const DIGITS: usize = 40;

/// Whether a reading as an EVM address is one of digits alone, without the `0x` before them.
pub(super) fn is_digits(text: &str) -> bool {
    text.len() == DIGITS
}

/// Whether the letters of an EVM address behind `0x` are in both cases, but not as EIP-55 has them.
pub(super) fn has_wrong_case(text: &str) -> bool {
    text.get(2..).is_some_and(evm::has_wrong_case)
}

/// The usual spellings of a family, straight away.
fn read_on_family(chain: &'static Chain, text: &str) -> Option<Address> {
    match hash_on_family(chain, text) {
        Some((form, kind, hash)) => {
            Some(Address { chain, form, identity: Identity::new(kind, &hash)?, extra: Extra::NONE })
        }
        None => segwit_on_family(chain, text),
    }
}

/// What the text is in the spellings of a family whose payload is one hash: no [`Address`] yet, as filling one in for
/// nothing takes an EVM address a fourteenth of the time.
#[inline]
fn hash_on_family(chain: &'static Chain, text: &str) -> Option<(Form, IdentityKind, [u8; 20])> {
    match &chain.family {
        Family::Evm => {
            let hash = evm::parse_hex(strip_ignoring_case(text, "0x")?).ok()?;
            Some((Form::Evm, IdentityKind::Keccak160, hash))
        }
        Family::Tron => {
            let (_, hash) = base58::decode_if(&base58::BITCOIN, text, |v| v == TRON_VERSION).ok()?;
            Some((Form::Tron, IdentityKind::Keccak160, hash))
        }
        Family::Bitcoin(prefixes) if (25..=35).contains(&text.len()) => {
            let form = |version| match version {
                v if v == prefixes.p2pkh => Some((Form::P2pkh, IdentityKind::Hash160)),
                v if v == prefixes.p2sh => Some((Form::P2sh, IdentityKind::ScriptHash160)),
                v if Some(v) == prefixes.p2sh_old => Some((Form::P2shOld, IdentityKind::ScriptHash160)),
                _ => None,
            };
            let wanted = |version| form(version).is_some();
            let (version, hash) = base58::decode_if(&base58::BITCOIN, text, wanted).ok()?;
            form(version).map(|(form, kind)| (form, kind, hash))
        }
        _ => None,
    }
}

/// What the text is in segwit on a chain of Bitcoin's family.
fn segwit_on_family(chain: &'static Chain, text: &str) -> Option<Address> {
    let is_long = matches!(&chain.family, Family::Bitcoin(_) if !(25..=35).contains(&text.len()));
    if is_long && by_hrp(text) == Some(chain) { segwit(text).ok()?.addresses.pop() } else { None }
}

/// What the text is in one spelling of a chain's own.
fn read_spelling(chain: &'static Chain, spelling: Spelling, text: &str) -> Option<Result<Address, Problem>> {
    let parts = match spelling.codec.read(spelling.mark, text)? {
        Ok(parts) => parts,
        Err(problem) => return Some(Err(problem)),
    };
    let identity = Identity::new(parts.kind, &parts.payload)?;
    Some(Ok(Address { chain, form: parts.form, identity, extra: Extra::new(&parts.extra)? }))
}

/// What the text is in the spellings that are a chain's own, and the first problem of one that it has the shape of.
fn read_own(text: &str, shape: Shape, among: Among) -> (Vec<Address>, Option<Problem>) {
    let mut addresses = Vec::new();
    let mut first_problem = None;
    for (chain, spelling) in shape.own_spellings(among) {
        match read_spelling(chain, spelling, text) {
            None => {}
            Some(Ok(address)) => addresses.push(address),
            Some(Err(problem)) => first_problem = first_problem.or(Some(problem)),
        }
    }
    (addresses, first_problem)
}

/// What the text is in the spellings of Bitcoin's family, of the EVM chains and of TRON.
fn read_family(text: &str, shape: Shape, among: Among) -> Result<Reading, Problem> {
    if let Some(digits) = strip_ignoring_case(text, "0x") {
        return match digits.len() {
            42 if digits.starts_with("41") => tron_hex(digits),
            _ => evm_hex(text, digits),
        };
    }
    if text.len() == 42 && text.starts_with("41") && shape.is_all(group::HEX) {
        return tron_hex(text);
    }
    if among == Among::Shaped && text.len() == DIGITS && shape.is_all(group::HEX) {
        return evm_hex(text, text);
    }
    if let Some((prefix, digits)) = parted(text, b':') {
        return cash(Some(prefix), digits);
    }
    if shape.has(group::ONE) && looks_like_segwit(text, shape) {
        // One Litecoin P2PKH address in some hundred thousand begins with `LTC1`, in letters of both cases.
        return segwit(text).or_else(|problem| base58check(text, among).map_err(|_| problem));
    }
    if looks_like_cashaddr(text) {
        return cash(None, text);
    }
    if strip_ignoring_case(text, "XE").is_some() {
        match evm::parse_icap(text) {
            Ok(bytes) => return one(ethereum(), Form::Icap, IdentityKind::Keccak160, &bytes),
            // A Base58Check address may begin so as well.
            Err(evm::BadIcap::Checksum) if base58::decode(text).is_err() => {
                return Err(Problem::Checksum { like: ICAP });
            }
            Err(_) => {}
        }
    }
    base58check(text, among)
}

fn evm_hex(text: &str, digits: &str) -> Result<Reading, Problem> {
    let bytes = evm::parse_hex(digits).map_err(|at| match at {
        Some(at) => Problem::character(EVM, text, at + 2),
        None => Problem::Length { like: EVM, expected: 42, found: characters(text) },
    })?;
    one(ethereum(), Form::Evm, IdentityKind::Keccak160, &bytes)
}

fn tron_hex(digits: &str) -> Result<Reading, Problem> {
    let bytes = evm::parse_hex(digits.get(2..).unwrap_or_default()).map_err(|at| match at {
        Some(at) => Problem::character(TRON_HEX, digits, at + 2),
        None => Problem::Length { like: TRON_HEX, expected: 42, found: digits.len() },
    })?;
    one(tron(), Form::TronHex, IdentityKind::Keccak160, &bytes)
}

/// Whether the text begins as a segwit address of a known chain does, or would pass as one of another.
fn looks_like_segwit(text: &str, shape: Shape) -> bool {
    // One letter case alone: most texts end here.
    let one_case = !(shape.has(group::SMALL) && shape.has(group::CAPITALS));
    by_hrp(text).is_some() || (one_case && bech32::decode(text).is_ok())
}

fn segwit(text: &str) -> Result<Reading, Problem> {
    use bech32::Bad;
    let decoded = bech32::decode(text).map_err(|bad| match bad {
        Bad::Character(at) => Problem::character(SEGWIT, text, at),
        Bad::MixedCase => Problem::MixedCase { like: SEGWIT },
        // The longest that means something today is a taproot address.
        Bad::Length => Problem::Length { like: SEGWIT, expected: 62, found: characters(text) },
        Bad::Checksum => Problem::Checksum { like: SEGWIT },
        Bad::Program => Problem::UnknownVersion { like: SEGWIT },
    })?;
    let chain = by_hrp(text).ok_or(Problem::UnknownNetwork)?;
    match witness(decoded.version, decoded.program.len()) {
        Some((form, kind)) => one(chain, form, kind, &decoded.program),
        None => {
            let payload = [&[decoded.version][..], &decoded.program].concat();
            one(chain, Form::Witness, IdentityKind::WitnessProgram, &payload)
        }
    }
}

/// Whether the text without a colon is as long as a CashAddr of 20 or 32 bytes and has only its digits.
fn looks_like_cashaddr(text: &str) -> bool {
    matches!(text.len(), 42 | 61)
        && matches!(text.as_bytes()[0].to_ascii_lowercase(), b'q' | b'p' | b'z' | b'r')
        && bech32::values(text).is_ok()
}

fn cash(prefix: Option<&str>, digits: &str) -> Result<Reading, Problem> {
    use cashaddr::Bad;
    let chains = || bitcoin_like_chains().filter_map(|(chain, p)| Some((chain, p.cashaddr?)));
    let known = |(_, p): &(_, &str)| prefix.is_none_or(|prefix| prefix.eq_ignore_ascii_case(p));
    let mut problem = Problem::NotAnAddress;
    for (chain, prefix_text) in chains().filter(known) {
        let skipped = prefix.map_or(0, |prefix| prefix.len() + 1);
        match cashaddr::decode(prefix_text, digits) {
            Ok((kind, payload)) => {
                let (form, kind) = match (kind, payload.len()) {
                    (0, 20) => (Form::CashP2pkh, IdentityKind::Hash160),
                    (1, 20) => (Form::CashP2sh, IdentityKind::ScriptHash160),
                    (1, 32) => (Form::CashP2sh, IdentityKind::ScriptHash256),
                    (2, 20) => (Form::CashTokenP2pkh, IdentityKind::Hash160),
                    (3, 20) => (Form::CashTokenP2sh, IdentityKind::ScriptHash160),
                    (3, 32) => (Form::CashTokenP2sh, IdentityKind::ScriptHash256),
                    _ => return Err(Problem::UnknownVersion { like: CASHADDR }),
                };
                return one(chain, form, kind, &payload);
            }
            Err(Bad::Character(at)) => {
                let text = match prefix {
                    Some(prefix) => format!("{prefix}:{digits}"),
                    None => digits.to_owned(),
                };
                problem = Problem::character(CASHADDR, &text, skipped + at);
            }
            Err(Bad::MixedCase) => problem = Problem::MixedCase { like: CASHADDR },
            Err(Bad::Length) => {
                let found = skipped + characters(digits);
                problem = Problem::Length { like: CASHADDR, expected: skipped + 42, found };
            }
            Err(Bad::Checksum) => problem = Problem::Checksum { like: CASHADDR },
            Err(Bad::Payload) => return Err(Problem::UnknownVersion { like: CASHADDR }),
        }
    }
    Err(problem)
}

fn base58check(text: &str, among: Among) -> Result<Reading, Problem> {
    let wanted = |version| among == Among::Near || !by_version(version).is_empty();
    let (version, hash) = base58::decode_if(&base58::BITCOIN, text, wanted).map_err(|bad| {
        // Text that does not even look like an address is not told about checksums.
        let plausible = (25..=36).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric());
        match bad {
            base58::Bad::Character(at) if plausible => Problem::character(BASE58, text, at),
            base58::Bad::Checksum if plausible => Problem::Checksum { like: BASE58 },
            _ => Problem::NotAnAddress,
        }
    })?;
    let address = |&(chain, form, kind)| {
        Identity::new(kind, &hash).map(|identity| Address { chain, form, identity, extra: Extra::NONE })
    };
    let addresses: Vec<Address> = by_version(version).iter().filter_map(address).collect();
    if addresses.is_empty() {
        return Err(Problem::UnknownNetwork);
    }
    Ok(Reading { addresses, warning: None })
}

fn one(chain: &'static Chain, form: Form, kind: IdentityKind, payload: &[u8]) -> Result<Reading, Problem> {
    let identity = Identity::new(kind, payload).ok_or(Problem::NotAnAddress)?;
    Ok(Reading { addresses: vec![Address { chain, form, identity, extra: Extra::NONE }], warning: None })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problem(text: &str) -> Problem {
        read(text).expect_err(text)
    }

    #[test]
    fn case_games_do_not_hide_an_evm_address() {
        let lower = read("0xe950dc316b836e4eefb8308bf32bf7c72a1358ff").unwrap();
        let odd = read("0XE950DC316B836E4EEFB8308BF32BF7C72A1358Ff").unwrap();
        assert_eq!(lower.addresses, odd.addresses);
        assert_eq!((lower.warning, odd.warning), (None, Some(Problem::LetterCase)));
    }

    #[test]
    fn an_ambiguous_address_has_every_reading() {
        let names = |text: &str| -> Vec<_> {
            read(text).unwrap().addresses.iter().map(|a| (a.chain().ticker, a.form().name())).collect()
        };
        assert_eq!(
            names("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG"),
            [("BTC", "p2sh"), ("BCH", "p2sh"), ("LTC", "p2sh_old")]
                .into_iter()
                .chain(["BSV", "XEC", "VTC", "SYS"].map(|ticker| (ticker, "p2sh")))
                .collect::<Vec<_>>()
        );
        assert_eq!(
            names("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            ["BTC", "BCH", "BSV", "XEC"].map(|ticker| (ticker, "p2pkh"))
        );
    }

    #[test]
    fn an_address_in_base58_may_begin_like_a_segwit_address() {
        let reading = read("LTC1aaaaaaaaaaaaaaaaaaaaaaaadicqjc").unwrap();
        assert_eq!(reading.addresses[0].chain().ticker, "LTC");
        assert!(matches!(problem("LTC1aaaaaaaaaaaaaaaaaaaaaaaadicqja"), Problem::MixedCase { .. }));
    }

    #[test]
    fn problems_name_the_place() {
        assert_eq!(problem("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg").at(), Some(42));
        assert_eq!(problem("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b").at(), Some(54));
        assert_eq!(problem("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3tb").at(), Some(42));
    }

    /// Found by fuzzing: with nothing to read; and of an address with several receivers only the first was read.
    #[test]
    fn reading_on_a_chain_tells_all_and_needs_no_text() {
        for chain in Chain::all() {
            assert_eq!(read_on(chain, " "), Err(Problem::Empty));
        }
        let text = include_str!("../../tests/vectors/own.txt")
            .split_whitespace()
            .find(|word| word.starts_with("u1l8"));
        let zcash = Chain::named("ZEC").unwrap();
        assert_eq!(read_on(zcash, text.unwrap()).unwrap().addresses.len(), 2);
        assert_eq!(read_on(zcash, text.unwrap()), read(text.unwrap()));
        // Only Ronin writes its prefix.
        let ronin = "ronin:0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
        let reading = read_on(Chain::named("ETH").unwrap(), ronin).unwrap();
        assert_eq!(reading.addresses[0].to_string(), "0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    }

    proptest! {
        #[test]
        fn never_panics(text: String, address_like in "(0x|bc1|bitcoincash:|XE|41|[13T])[0-9a-zA-Zé:]{0,70}") {
            let _ = (read(&text), read(&address_like));
            for chain in Chain::all() {
                let _ = (read_on(chain, &text), read_on(chain, &address_like));
            }
        }
    }
}
